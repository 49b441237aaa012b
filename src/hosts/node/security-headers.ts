/**
 * The headers that every answer of the web host carries.
 *
 * Invariants:
 * - The page and its Workers talk to their own origin and to no other: CSP and `Connection-Allowlist` both say so,
 *   because browsers without the second still obey the first. WebRTC alone is no affair of CSP: for those browsers the
 *   page takes it out of itself (`hosts/web/close-ways-out.ts`).
 * - The page is cross-origin isolated (COOP, COEP), which shared memory between kernel and processes needs.
 * - Programs in JavaScript run in Workers from `data:` addresses, of modules from `blob:` addresses (ADR 0011). Markup can
 *   use neither: nobody makes a `blob:` address, nor a Worker, without a script that runs already.
 * - No inline script runs but the page's own, which is named by its hash. Inline styles do: the terminal and the editor make `<style>` elements, and with every
 *   source of images and fonts closed a style can send nothing out.
 */

const contentSecurityPolicy = (inlineScriptHashes: readonly string[]): readonly string[] => [
	"default-src 'none'",
	["script-src 'self' blob: 'wasm-unsafe-eval'", ...inlineScriptHashes].join(' '),
	"worker-src 'self' data:",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' blob: data:",
	"media-src 'self' blob:",
	"font-src 'self'",
	"connect-src 'self' blob: data:",
	"manifest-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
];

/** Powers of the browser that nothing here asks for. */
const closedFeatures = [
	'accelerometer',
	'browsing-topics',
	'camera',
	'display-capture',
	'encrypted-media',
	'geolocation',
	'gyroscope',
	'hid',
	'identity-credentials-get',
	'idle-detection',
	'magnetometer',
	'microphone',
	'midi',
	'otp-credentials',
	'payment',
	'picture-in-picture',
	'private-state-token-issuance',
	'serial',
	'storage-access',
	'usb',
	'xr-spatial-tracking',
];

const openFeatures = [
	'autoplay',
	'clipboard-read',
	'clipboard-write',
	'cross-origin-isolated',
	'fullscreen',
	'gamepad',
	'keyboard-map',
	'local-fonts',
	'publickey-credentials-create',
	'publickey-credentials-get',
	'screen-wake-lock',
	'window-management',
];

const permissionsPolicy = [
	...openFeatures.map((feature) => `${feature}=(self)`),
	...closedFeatures.map((feature) => `${feature}=()`),
].join(', ');

const securityHeaders: Readonly<Record<string, string>> = {
	'connection-allowlist': '(response-origin)',
	'permissions-policy': permissionsPolicy,
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-embedder-policy': 'require-corp',
	'cross-origin-resource-policy': 'same-origin',
	'origin-agent-cluster': '?1',
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
};

/** The headers for a site whose page holds the scripts of these hashes (CSP source expressions). */
export function makeSecurityHeaders(inlineScriptHashes: readonly string[]): Readonly<Record<string, string>> {
	return { ...securityHeaders, 'content-security-policy': contentSecurityPolicy(inlineScriptHashes).join('; ') };
}
