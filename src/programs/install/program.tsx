/**
 * Install Vitrine: puts Vitrine on a disk of the PC; with argument 0 `data`, makes a data partition; with `write` and the path of
 * an image, writes that to a stick. Nothing is touched
 * before a page has said what will be erased, by name and size, and the person has agreed there.
 */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { PcDisk } from '#abi/structures.generated.ts';
import { describeError } from '#runtime/describe-error.ts';
import type { ProgramProps, WindowProgram } from '#runtime/window-program.ts';
import { ChoosePage } from './choose-page.tsx';
import { ConfirmPage } from './confirm-page.tsx';
import type { ImageFacts } from './image-facts.ts';
import type { Purpose, StepProgress } from './install-words.ts';
import { PassphrasePage } from './passphrase-page.tsx';
import { runInstall } from './run-install.ts';
import { EndPage, RunningPage } from './running-page.tsx';
import './install.css';

type Place =
	| { readonly page: 'choose' }
	| { readonly page: 'passphrase'; readonly disk: PcDisk }
	| {
			readonly page: 'confirm';
			readonly disk: PcDisk;
			readonly passphrase: string;
			readonly image?: ImageFacts | undefined;
	  }
	| { readonly page: 'running'; readonly disk: PcDisk; readonly progress: StepProgress | undefined }
	| { readonly page: 'done' | 'cancelled'; readonly disk: PcDisk }
	| { readonly page: 'failed'; readonly disk: PcDisk; readonly message: string };

const titles: Readonly<Record<Purpose, string>> = {
	install: 'Install Vitrine',
	data: 'Make a data partition',
	write: 'Write to a stick',
};

function purposeOf(word: string | undefined): Purpose {
	return word === 'data' || word === 'write' ? word : 'install';
}

/** Each page begins at its heading: the reader says it, and Tab goes on from there. */
function useHeadingFocus(page: Place['page']): RefObject<HTMLDivElement | null> {
	const pageElement = useRef<HTMLDivElement>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: each page has a heading of its own.
	useEffect(() => {
		const element = pageElement.current;
		// Nobody who works in another window meanwhile loses the keyboard.
		if (element?.closest('[data-focused=true]') !== null) element?.querySelector('h2')?.focus();
	}, [page]);
	return pageElement;
}

function InstallWindow(props: ProgramProps) {
	const { system, start, window } = props;
	const [word, imagePath = ''] = start.arguments;
	const purpose = purposeOf(word);
	const [place, setPlace] = useState<Place>({ page: 'choose' });
	const cancelling = useRef<AbortController>(undefined);
	useEffect(() => {
		window.setTitle(titles[purpose]);
		return () => cancelling.current?.abort();
	}, [window, purpose]);
	const pageElement = useHeadingFocus(place.page);
	const run = async (disk: PcDisk, passphrase: string, image: ImageFacts | undefined) => {
		const stopping = new AbortController();
		cancelling.current = stopping;
		setPlace({ page: 'running', disk, progress: undefined });
		const onProgress = (progress: StepProgress) => setPlace({ page: 'running', disk, progress });
		try {
			const wish = { disk, purpose, image, passphrase, signal: stopping.signal, onProgress };
			setPlace({ page: await runInstall(system, wish), disk });
		} catch (error) {
			setPlace({ page: 'failed', disk, message: describeError(error) });
		}
	};
	const toStart = useCallback(() => setPlace({ page: 'choose' }), []);
	return (
		<div className="install" ref={pageElement}>
			{place.page === 'choose' ? (
				<ChoosePage
					{...props}
					{...{ purpose, imagePath }}
					onChosen={(disk, image) =>
						setPlace(
							image === undefined ? { page: 'passphrase', disk } : { page: 'confirm', disk, passphrase: '', image },
						)
					}
				/>
			) : null}
			{place.page === 'passphrase' ? (
				<PassphrasePage
					onBack={toStart}
					onChosen={(passphrase) => setPlace({ page: 'confirm', disk: place.disk, passphrase })}
				/>
			) : null}
			{place.page === 'confirm' ? (
				<ConfirmPage
					{...{ purpose, disk: place.disk, isEncrypted: place.passphrase !== '', image: place.image }}
					onBack={() => setPlace(purpose === 'write' ? { page: 'choose' } : { page: 'passphrase', disk: place.disk })}
					onAgreed={() => void run(place.disk, place.passphrase, place.image)}
				/>
			) : null}
			{place.page === 'running' ? (
				<RunningPage
					{...{ purpose, disk: place.disk, progress: place.progress }}
					onCancel={() => cancelling.current?.abort()}
				/>
			) : null}
			{place.page === 'done' || place.page === 'cancelled' || place.page === 'failed' ? (
				<EndPage
					{...{ purpose, disk: place.disk, end: place.page }}
					message={place.page === 'failed' ? place.message : ''}
					onAgain={toStart}
				/>
			) : null}
		</div>
	);
}

const program: WindowProgram = {
	Component: InstallWindow,
	size: { width: 640, height: 520 },
	minimumSize: { width: 480, height: 400 },
};

export default program;
