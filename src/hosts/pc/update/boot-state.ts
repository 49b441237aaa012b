/**
 * The state of the start as values, and every change that may be made to it (docs/formats/boot-state.md says what each
 * name means; distro/loader/grub.cfg is the other reader and writer).
 *
 * Rules of use: a change is a function from one state to the next; the next is written as one sector.
 *
 * Invariants: `try` is never `good`. What a slot holds is only changed between `beginWriting` and `armTrial`, and then the
 * slot is neither `good` nor `try` and has no version.
 */
import type { Environment } from '../installed-disk/environment-block.ts';
import { otherSlot, type SlotName, slotNames } from '../installed-disk/layout.ts';
import { isVersion, laterVersion } from './version.ts';

export interface BootState {
	readonly good: SlotName;
	/** The slot that waits for its trial, or whose trial has not shown that it works. */
	readonly pending: SlotName | undefined;
	/** Whether it may still be tried. */
	readonly mayTry: boolean;
	/** What is whole in each slot. */
	readonly versions: Readonly<Record<SlotName, string | undefined>>;
	/** No version before this one is written to this disk. */
	readonly floor: string | undefined;
}

/** What is unreadable in it counts as GRUB counts it: slot A is good, and nothing is pending. */
export function readBootState(environment: Environment): BootState {
	const good = environment.get('good') === 'b' ? 'b' : 'a';
	const pending = slotNames.find((slot) => slot === environment.get('try') && slot !== good);
	const version = (name: string) => [environment.get(name) ?? ''].find(isVersion);
	return {
		good,
		pending,
		mayTry: pending !== undefined && environment.get('tries') === '1',
		versions: { a: version('version_a'), b: version('version_b') },
		floor: version('floor'),
	};
}

/** The block's values for a state; names in `before` that are not of the state stay. */
export function writeBootState(state: BootState, before: Environment): Environment {
	return new Map([
		...before,
		['good', state.good],
		['try', state.pending ?? ''],
		['tries', state.mayTry ? '1' : '0'],
		['version_a', state.versions.a ?? ''],
		['version_b', state.versions.b ?? ''],
		['floor', state.floor ?? ''],
	]);
}

/** From here on the slot that is not good may be written to: nothing starts from it. */
export function beginWriting(state: BootState): BootState {
	return setVersion({ ...state, pending: undefined, mayTry: false }, otherSlot(state.good), undefined);
}

/** The slot that is not good holds `version`, whole and read back: it is tried at the next start. */
export function armTrial(state: BootState, version: string): BootState {
	const slot = otherSlot(state.good);
	return { ...setVersion(state, slot, version), pending: slot, mayTry: true };
}

/** The version in the other slot, which is whole, is tried (again) at the next start. */
export function tryOther(state: BootState): BootState {
	const slot = otherSlot(state.good);
	if (state.versions[slot] === undefined) throw new RangeError('There is no other version on this disk.');
	return { ...state, pending: slot, mayTry: true };
}

/** The next start is one of `good`, as if nothing had been written. */
export function withdrawTrial(state: BootState): BootState {
	return { ...state, pending: undefined, mayTry: false };
}

/** The running slot has shown that it works. `floor` is what its image asks for. */
export function keepSlot(state: BootState, running: SlotName, floor: string): BootState {
	return {
		...withdrawTrial(state),
		good: running,
		floor: state.floor === undefined ? floor : laterVersion(state.floor, floor),
	};
}

function setVersion(state: BootState, slot: SlotName, version: string | undefined): BootState {
	return { ...state, versions: { ...state.versions, [slot]: version } };
}
