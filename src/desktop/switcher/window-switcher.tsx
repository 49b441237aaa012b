/** The switcher: live previews of the windows while the key is held. */
import { useEffect, useRef } from 'react';
import { Icon } from '#ui/icon.tsx';
import { useDesktop, useModel } from '../desktop-context.ts';
import { GlassBackdrop } from '../windows/glass-backdrop.tsx';
import { LivePreview } from '../windows/live-preview.tsx';
import type { SwitchTarget } from './switcher-model.ts';
import './window-switcher.css';

const previewSize = { width: 176, height: 112 };

function Target({ target, chosen, index }: { target: SwitchTarget; chosen: boolean; index: number }) {
	const { switcher } = useDesktop();
	const title = target === 'desktop' ? 'Desktop' : target.title;
	const element = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (chosen) element.current?.scrollIntoView({ block: 'nearest' });
	}, [chosen]);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the desktop's
		<div
			ref={element}
			className="switch-target"
			role="option"
			aria-selected={chosen}
			tabIndex={-1}
			onPointerMove={() => {
				if (!chosen) switcher.choose(index);
			}}
			onClick={() => switcher.commit()}
		>
			<div className="switch-title">
				<Icon name={target === 'desktop' ? 'folder-desktop' : target.icon} size={16} />
				<span>{title}</span>
			</div>
			<div className="switch-picture">
				{target === 'desktop' ? (
					<div className="switch-desktop" />
				) : (
					<LivePreview windowId={target.id} size={previewSize} />
				)}
			</div>
		</div>
	);
}

export function WindowSwitcher() {
	const { switcher } = useDesktop();
	const targets = useModel(switcher, () => switcher.targets);
	const chosen = useModel(switcher, () => switcher.chosen);
	if (targets.length === 0) return null;
	return (
		<div className="switcher glass">
			<GlassBackdrop />
			<div className="switch-targets" role="listbox" aria-label="Windows">
				{targets.map((target, index) => (
					<Target
						key={target === 'desktop' ? target : target.id}
						target={target}
						chosen={index === chosen}
						index={index}
					/>
				))}
			</div>
		</div>
	);
}
