/** The parts round the picture: tool bar, file information, and what stands there when no picture does. */
import { formatSize } from '#base/format-size.ts';
import { directoryName } from '#base/path.ts';
import { Button, IconButton, type IconButtonProps, ToggleButton } from '#ui/controls/button.tsx';
import { Spinner } from '#ui/controls/spinner.tsx';
import { Toolbar, ToolbarSeparator, ToolbarSpacer } from '#ui/controls/toolbar.tsx';
import { Icon } from '#ui/icon.tsx';
import type { GalleryView } from './gallery.ts';
import type { Picture } from './load-picture.ts';
import type { Zoom } from './zoom.ts';

export interface Viewing {
	readonly zoom: Zoom;
	readonly quarterTurns: number;
	readonly information: boolean;
	readonly slideshow: boolean;
}

export interface PictureActions {
	open(): void;
	step(by: number): void;
	zoom(zoom: Zoom): void;
	zoomStep(direction: 1 | -1): void;
	turn(by: 1 | 3): void;
	copy(): void;
	setInformation(on: boolean): void;
	setSlideshow(on: boolean): void;
}

export function Bar({ actions, viewing, view }: { actions: PictureActions; viewing: Viewing; view: GalleryView }) {
	const none = view.state !== 'shown';
	const alone = !('count' in view) || view.count < 2;
	const paging: readonly IconButtonProps[] = [
		{ icon: 'caret-left', label: 'Previous picture', shortcut: '←', disabled: alone, onPress: () => actions.step(-1) },
		{ icon: 'caret-right', label: 'Next picture', shortcut: '→', disabled: alone, onPress: () => actions.step(1) },
	];
	const zooming: readonly IconButtonProps[] = [
		{ icon: 'magnifying-glass-minus', label: 'Zoom out', shortcut: '-', onPress: () => actions.zoomStep(-1) },
		{ icon: 'magnifying-glass-plus', label: 'Zoom in', shortcut: '+', onPress: () => actions.zoomStep(1) },
		{ icon: 'frame-corners', label: 'Fit to the window', shortcut: '0', onPress: () => actions.zoom('fit') },
		{ icon: 'image', label: 'Actual size', shortcut: '1', onPress: () => actions.zoom(1) },
	];
	const turning: readonly IconButtonProps[] = [
		{ icon: 'arrow-counter-clockwise', label: 'Rotate left', shortcut: 'Shift+R', onPress: () => actions.turn(3) },
		{ icon: 'arrow-clockwise', label: 'Rotate right', shortcut: 'R', onPress: () => actions.turn(1) },
	];
	const show = (buttons: readonly IconButtonProps[]) =>
		buttons.map((button) => <IconButton key={button.label} disabled={none} {...button} />);
	return (
		<Toolbar label="Picture">
			<IconButton icon="folder-open" label="Open" shortcut="Ctrl+O" onPress={actions.open} />
			<ToolbarSeparator />
			{show(paging)}
			<ToolbarSeparator />
			{show(zooming)}
			<ToolbarSeparator />
			{show(turning)}
			<ToolbarSpacer />
			<IconButton icon="copy" label="Copy picture" shortcut="Ctrl+C" disabled={none} onPress={actions.copy} />
			<IconButton
				{...{ icon: 'slideshow', label: 'Slide show', shortcut: 'F5', disabled: alone }}
				onPress={() => actions.setSlideshow(true)}
			/>
			<ToggleButton
				{...{ icon: 'info', label: 'File information', selected: viewing.information, disabled: none }}
				onChange={actions.setInformation}
			/>
		</Toolbar>
	);
}

export function Information({ picture }: { picture: Picture }) {
	const rows: readonly (readonly [string, string])[] = [
		['Name', picture.name],
		['Folder', directoryName(picture.path)],
		['Kind', picture.typeLabel],
		['Size', `${picture.width} × ${picture.height} points`],
		['File', formatSize(picture.sizeBytes)],
		['Changed', new Date(picture.modifiedTime).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })],
	];
	return (
		<aside className="picture-information" aria-label="File information">
			<dl>
				{rows.map(([term, value]) => (
					<div key={term}>
						<dt>{term}</dt>
						<dd className="selectable">{value}</dd>
					</div>
				))}
			</dl>
		</aside>
	);
}

export function EmptyState({ view, onOpen }: { view: GalleryView; onOpen(): void }) {
	if (view.state === 'loading') {
		return (
			<div className="picture-message">
				<Spinner label="Loading the picture" />
			</div>
		);
	}
	const failed = view.state === 'failed';
	return (
		<div className="picture-message" role={failed ? 'alert' : undefined}>
			<Icon name={failed ? 'crashed' : 'pictures'} size={64} />
			<p className="picture-message-title">
				{failed ? `${view.path.split('/').at(-1)} cannot be shown` : 'No picture is open'}
			</p>
			<p>{failed ? view.message : 'Open one here, or double-click one in Explorer.'}</p>
			{failed ? null : (
				<Button kind="primary" onPress={onOpen}>
					Open a picture…
				</Button>
			)}
		</div>
	);
}
