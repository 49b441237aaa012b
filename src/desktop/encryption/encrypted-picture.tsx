/** The picture of a file with the mark of an encrypted one. What it means is said by the row, as its description. */
import type { ReactNode } from 'react';
import './encrypted-name.css';

export const encryptedDescription = 'Encrypted';

export interface EncryptedPictureProps {
	readonly encrypted: boolean;
	/** Edge of the picture, in CSS pixels. */
	readonly size: number;
	readonly children: ReactNode;
}

export function EncryptedPicture({ encrypted, size, children }: EncryptedPictureProps) {
	if (!encrypted) return children;
	return (
		<span className={`encrypted-picture ${size >= 32 ? 'encrypted-picture-large' : ''}`}>
			{children}
			<span className="encrypted-lock">
				<svg viewBox="0 0 12 12" aria-hidden="true">
					<path d="M3.5 5V4a2.5 2.5 0 0 1 5 0v1h.5v5.5H3V5Zm1.2 0h2.6V4a1.3 1.3 0 0 0-2.6 0Z" />
				</svg>
			</span>
		</span>
	);
}
