/** Content of a window whose code is loaded when it is first shown; nothing stands there for that moment. */
import { type ReactNode, Suspense } from 'react';

export function Deferred({ children }: { children?: ReactNode }) {
	return <Suspense fallback={null}>{children}</Suspense>;
}
