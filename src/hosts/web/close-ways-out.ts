/**
 * Takes WebRTC out of the page, for browsers that do not know `Connection-Allowlist` yet: of all ways out it is the one
 * that no content security policy closes. Workers never have it.
 *
 * Rules of use: imported before everything else.
 */
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel'])
	Reflect.deleteProperty(globalThis, name);
