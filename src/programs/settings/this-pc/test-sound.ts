/** Two soft notes, so that a person hears whether and how loud the PC plays. */

const notesHz = [523.25, 659.25];
const noteSeconds = 0.5;

export function playTestSound(): void {
	const context = new AudioContext();
	for (const [index, frequency] of notesHz.entries()) {
		const start = context.currentTime + index * noteSeconds;
		const tone = new OscillatorNode(context, { frequency });
		const loudness = new GainNode(context, { gain: 0 });
		loudness.gain.setValueAtTime(0, start);
		loudness.gain.linearRampToValueAtTime(0.3, start + 0.02);
		loudness.gain.linearRampToValueAtTime(0, start + noteSeconds);
		tone.connect(loudness).connect(context.destination);
		tone.start(start);
		tone.stop(start + noteSeconds);
		if (index === notesHz.length - 1) tone.onended = () => void context.close();
	}
}
