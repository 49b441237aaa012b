/** The picture of a person: their own, else the first letter of their name on a colour that the name chooses. */
import { hueOfName } from '../account-hue.ts';
import './account-picture.css';

export interface AccountPictureProps {
	readonly name: string;
	/** A `data:` address; empty: none. */
	readonly picture: string;
	/** Width and height in CSS pixels. */
	readonly size: number;
}

export function AccountPicture({ name, picture, size }: AccountPictureProps) {
	if (picture !== '')
		return <img className="account-picture" src={picture} width={size} height={size} alt="" draggable={false} />;
	const style = { width: size, height: size, fontSize: size * 0.44, '--hue': hueOfName(name) };
	return (
		<span className="account-picture account-letter" style={style} aria-hidden="true">
			{[...name.trim()][0]?.toUpperCase() ?? ''}
		</span>
	);
}
