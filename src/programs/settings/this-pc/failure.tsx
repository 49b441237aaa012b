/** What went wrong, above a page; nothing while all is well. */
export function Failure({ text }: { text: string | undefined }) {
	if (text === undefined) return null;
	return (
		<p className="settings-failure" role="alert">
			{text}
		</p>
	);
}
