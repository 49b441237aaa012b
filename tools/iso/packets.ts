/** What went over the wire of a virtual PC, of a recording in the format of libpcap (draft-ietf-opsawg-pcap-05). */

/** Of the PC's own network card. What others say on the wire is not the PC's: QEMU's router announces itself. */
export const cardAddress = '52:54:00:12:34:56';

const magic = 0xa1b2c3d4;
const fileHeaderBytes = 24;
const packetHeaderBytes = 16;
/** Where an Ethernet frame names its sender. */
const sender = { start: 6, end: 12 };

/** How many packets the PC sent. A packet that was not written to its end counts. Throws on what is no recording. */
export function countSent(recording: Buffer): number {
	if (recording.length < fileHeaderBytes || recording.readUInt32LE(0) !== magic)
		throw new Error('This is no recording.');
	const address = Buffer.from(cardAddress.replaceAll(':', ''), 'hex');
	let sent = 0;
	for (let place = fileHeaderBytes; place < recording.length; ) {
		if (place + packetHeaderBytes > recording.length) return sent + 1;
		const size = recording.readUInt32LE(place + 8);
		place += packetHeaderBytes;
		const from = recording.subarray(place + sender.start, place + sender.end);
		if (from.length < address.length || from.equals(address)) sent++;
		place += size;
	}
	return sent;
}
