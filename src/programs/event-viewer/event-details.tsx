/** All that is known of one event. */
import type { LogEvent } from '#abi/structures.generated.ts';
import type { AccountNames } from '#runtime/account-names.ts';
import { Button } from '#ui/controls/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { channelWords, formatTime, levelIcons, levelWords } from './event-words.ts';

export interface EventDetailsProps {
	readonly event: LogEvent | undefined;
	readonly nameOf: AccountNames;
	onCopy(event: LogEvent): void;
}

export function EventDetails({ event, nameOf, onCopy }: EventDetailsProps) {
	if (event === undefined) return <p className="event-none">Choose an event to read all of it.</p>;
	const { sequence, time, level, channel, source, code, fields, pid, user, message } = event;
	const facts: readonly (readonly [string, string | undefined])[] = [
		['Time', formatTime(time)],
		['Log', channelWords[channel]],
		['Source', source],
		['Kind', code],
		['Process', pid === undefined ? '' : String(pid)],
		['User', user === undefined ? '' : nameOf(user)],
		['Number', String(sequence)],
		...fields.map((field): readonly [string, string] => {
			const at = field.indexOf('=');
			return [field.slice(0, at), field.slice(at + 1)];
		}),
	];
	return (
		<>
			<div className={`event-title event-${level}`}>
				<Icon name={levelIcons[level]} size={20} />
				<h2>{levelWords[level]}</h2>
				<Button kind="plain" icon="copy" onPress={() => onCopy(event)}>
					Copy
				</Button>
			</div>
			<p className="event-message selectable">{message}</p>
			<dl className="event-facts selectable">
				{facts.map(([name, value]) =>
					value === undefined || value === '' ? null : (
						<div key={name}>
							<dt>{name}</dt>
							<dd>{value}</dd>
						</div>
					),
				)}
			</dl>
		</>
	);
}
