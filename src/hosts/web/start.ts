/**
 * The page's first script: starts the kernel, lets the browser paint the page's own first picture, and only then runs the
 * rest of the desktop, which has been fetched meanwhile.
 */
import './close-ways-out.ts';
import './machine.ts';
import './start-kernel.ts';

/** A page that is not shown paints nothing: it does not wait longer than this. */
const paintPatienceMs = 100;

/** Resolves when the browser has had its chance to paint what the page holds now. */
function nextPaint(): Promise<void> {
	return new Promise((resolve) => {
		const patience = setTimeout(resolve, paintPatienceMs);
		requestAnimationFrame(() => {
			clearTimeout(patience);
			// The frame is painted after its callbacks.
			setTimeout(resolve);
		});
	});
}

// Not awaited here: the desktop's script imports from this one, which would then wait for itself.
nextPaint()
	.then(() => import('./main.tsx'))
	.catch((error: unknown) => reportError(error));
