/** What somebody may do in the end, with the reason for each: over the draft, so that it shows what a change comes to. */
import { useId, useState } from 'react';
import { Select } from '#ui/controls/select.tsx';
import { Icon } from '#ui/icon.tsx';
import { type AccessSituation, effectiveAccess, nameFolder } from './effective-access.ts';
import type { Permissions } from './use-permissions.ts';

interface EffectiveSectionProps {
	readonly permissions: Permissions;
	readonly situation: AccessSituation;
}

export function EffectiveSection({ permissions, situation }: EffectiveSectionProps) {
	const { asked } = permissions.people;
	const [id, setId] = useState(asked[0]?.id ?? '');
	const headingId = useId();
	const who = asked.find((each) => each.id === id) ?? asked[0];
	if (who === undefined) return null;
	const { deeds, barrier, unknown } = effectiveAccess(who.token, situation);
	return (
		<section aria-labelledby={headingId} className="security-effective">
			<h3 id={headingId}>What somebody may do, and why</h3>
			<Select
				label="Who"
				hideLabel
				value={who.id}
				options={asked.map((each) => ({ value: each.id, label: each.name }))}
				onChange={setId}
			/>
			{barrier === undefined ? null : (
				<p className="security-hint">
					They do not get here: {barrier.reason} in {nameFolder(barrier.path)}.
				</p>
			)}
			<table className="security-deeds">
				<thead className="visually-hidden">
					<tr>
						<th scope="col">What</th>
						<th scope="col">Allowed</th>
						<th scope="col">Why</th>
					</tr>
				</thead>
				<tbody>
					{deeds.map(({ words, allowed, reason }) => (
						<tr key={words} className={allowed ? 'security-yes' : 'security-no'}>
							<th scope="row">{words}</th>
							<td>
								<Icon name={allowed ? 'check' : 'x'} size={16} />
								{allowed ? 'Yes' : 'No'}
							</td>
							<td>{reason}</td>
						</tr>
					))}
				</tbody>
			</table>
			{unknown === undefined ? null : (
				<p className="security-hint">
					You may not see the permissions of {nameFolder(unknown)}, so whether they get through it is not known.
				</p>
			)}
		</section>
	);
}
