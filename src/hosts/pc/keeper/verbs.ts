/** Everything that the keeper does: `SUBJECT.VERB`. What is not here cannot be asked for. */
import { diskVerbs } from './disk-verbs.ts';
import { driveVerbs } from './drive-verbs.ts';
import { imageVerbs } from './image-verbs.ts';
import { pcVerbs } from './pc-verbs.ts';
import { pictureVerbs } from './picture-verbs.ts';
import { powerVerbs } from './power-verbs.ts';
import { updateVerbs } from './update-verbs.ts';
import type { Verb } from './verb.ts';

export const verbs: ReadonlyMap<string, Verb> = new Map(
	Object.entries({
		...diskVerbs,
		...driveVerbs,
		...powerVerbs,
		...pcVerbs,
		...pictureVerbs,
		...updateVerbs,
		...imageVerbs,
	}),
);
