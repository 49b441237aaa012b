/** The text of `docs/licences.md`, a chunk of its own that is loaded when somebody asks for it. */
import text from '../../../docs/licences.md?raw';

export const licences: string = text;
