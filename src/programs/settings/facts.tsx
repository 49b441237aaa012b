/** Facts beside their names, in the lines of a `<dl className="settings-facts">`. */
export function Fact({ term, value }: { term: string; value: string }) {
	return (
		<div>
			<dt>{term}</dt>
			<dd className="selectable">{value}</dd>
		</div>
	);
}
