/** Hands a file to the browser as a download. */
import type { ExportedFile } from './host-export.ts';

/** The browser reads the content after the click; by then it has certainly begun. */
const releaseAfterMs = 60_000;

export function download({ name, content }: ExportedFile): void {
	const url = URL.createObjectURL(content);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), releaseAfterMs);
}
