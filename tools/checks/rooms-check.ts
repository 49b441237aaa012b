/** Who imports whom, import cycles, and a door sign for every room (`tools/rooms.ts`). */
import { findBreaches, findMissingSigns, readSources } from '../rooms.ts';

export async function checkRooms(): Promise<string[]> {
	return [...findBreaches(await readSources()), ...(await findMissingSigns())];
}
