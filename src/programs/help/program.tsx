/** Help. Argument 0 is the id of a page. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ProgramProps, WindowProgram } from '#runtime/window-program.ts';
import { Sidebar } from '#ui/controls/sidebar.tsx';
import { type Block, createTopics, searchTopics } from './topics.ts';
import './help.css';

/** Text in which `**words**` are strong. */
function Rich({ text }: { text: string }) {
	const parts = text.split('**');
	return parts.map((part, index) =>
		// biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text that never changes
		index % 2 === 1 ? <strong key={index}>{part}</strong> : part,
	);
}

function BlockView({ block }: { block: Block }) {
	if (block.kind === 'heading') return <h3>{block.text}</h3>;
	if (block.kind === 'text') {
		return (
			<p>
				<Rich text={block.text} />
			</p>
		);
	}
	if (block.kind === 'keys') {
		return (
			<dl className="help-keys">
				{block.rows.map(([keys, action]) => (
					<div key={keys + action}>
						<dt>
							{keys.split(', ').map((key) => (
								<kbd key={key}>{key}</kbd>
							))}
						</dt>
						<dd>{action}</dd>
					</div>
				))}
			</dl>
		);
	}
	const List = block.kind === 'steps' ? 'ol' : 'ul';
	return (
		<List className={`help-${block.kind}`}>
			{block.items.map((item) => (
				<li key={item}>
					<Rich text={item} />
				</li>
			))}
		</List>
	);
}

function HelpWindow({ shell, start, window }: ProgramProps) {
	useEffect(() => window.setTitle('Help'), [window]);
	const topics = useMemo(() => createTopics(shell.shortcuts ?? []), [shell.shortcuts]);
	const [wanted] = start.arguments;
	const [topicId, setTopicId] = useState(wanted ?? topics[0]?.id);
	const [query, setQuery] = useState('');
	const article = useRef<HTMLElement>(null);
	const found = searchTopics(topics, query);
	const topic = found.find(({ id }) => id === topicId) ?? found[0];
	const id = topic?.id;
	// A new page starts at its top.
	useEffect(() => {
		if (id === undefined) return;
		article.current?.scrollTo(0, 0);
		window.setRestartArguments([id]);
	}, [id, window]);
	const choose = (chosen: string) => {
		setTopicId(chosen);
		article.current?.focus();
	};
	return (
		<div className="help with-sidebar">
			<Sidebar
				label="Help topics"
				searchLabel="Search Help"
				query={query}
				entries={found.map((entry) => ({
					key: entry.id,
					title: entry.title,
					current: entry === topic,
					onChoose: () => choose(entry.id),
				}))}
				nothing="No page has these words."
				onSearch={setQuery}
			/>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard */}
			<article ref={article} className="help-article selectable" tabIndex={0} aria-label={topic?.title ?? 'Help'}>
				{topic === undefined ? (
					<p>Nothing in Help has “{query}”.</p>
				) : (
					<>
						<h2>{topic.title}</h2>
						{topic.blocks.map((block, index) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a page never change their order
							<BlockView key={`${topic.id} ${index}`} block={block} />
						))}
					</>
				)}
			</article>
		</div>
	);
}

const program: WindowProgram = {
	Component: HelpWindow,
	size: { width: 820, height: 560 },
	minimumSize: { width: 480, height: 320 },
};

export default program;
