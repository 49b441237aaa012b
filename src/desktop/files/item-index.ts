/** Which item an event happened on: items carry their index in `data-index`. */

/** Index of the item under a target; -1 for an empty place. */
export function itemIndexAt(target: EventTarget | null): number {
	const element = target instanceof Element ? target.closest('[data-index]') : null;
	return element === null ? -1 : Number(element.getAttribute('data-index'));
}
