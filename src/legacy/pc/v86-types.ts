/**
 * The part of v86 (version 0.5.462) that we use, with what its own types leave out. Nothing else names its insides.
 */

/** What v86 takes as a drive: blocks on demand. Its own types know only files and buffers. */
export interface V86Blocks {
	readonly byteLength: number;
	onload?: (event: object) => void;
	load(): void;
	get(start: number, length: number, done: (bytes: Uint8Array) => void): void;
	get_and_cache(start: number, length: number, done: (bytes: Uint8Array) => void): void;
	get_from_cache(start: number, length: number): Uint8Array | undefined;
	set(start: number, bytes: Uint8Array, done: () => void): void;
	get_buffer(done: (buffer?: ArrayBuffer) => void): void;
	get_state(): unknown;
	set_state(state: unknown): void;
}

export interface V86Options {
	readonly wasm_fn: (imports: WebAssembly.Imports) => Promise<WebAssembly.Exports>;
	readonly bios: { readonly buffer: ArrayBuffer };
	readonly vga_bios: { readonly buffer: ArrayBuffer };
	readonly memory_size: number;
	readonly vga_memory_size: number;
	readonly boot_order: number;
	readonly fda?: { readonly buffer: ArrayBuffer };
	readonly hda?: V86Blocks;
	readonly cdrom?: V86Blocks;
	/** `none` leaves the network card out of the machine. */
	readonly net_device: { readonly type: 'none' };
	readonly disable_jit: boolean;
	readonly disable_keyboard: true;
	readonly disable_mouse: true;
	readonly disable_speaker: true;
	readonly autostart: false;
}

export interface VgaLayer {
	readonly image_data: ImageData;
	readonly screen_x: number;
	readonly screen_y: number;
	readonly buffer_x: number;
	readonly buffer_y: number;
	readonly buffer_width: number;
	readonly buffer_height: number;
}

/** What the emulated VGA card calls to show something. */
export interface V86Screen {
	FLAG_BLINKING: number;
	FLAG_FONT_PAGE_B: number;
	put_char(row: number, column: number, code: number, flags: number, background: number, foreground: number): void;
	set_mode(graphical: boolean): void;
	set_font_bitmap(
		height: number,
		nineDots: boolean,
		doubleWidth: boolean,
		repeatLastDot: boolean,
		bitmap: Uint8Array,
		changed: boolean,
	): void;
	set_font_page(pageA: number, pageB: number): void;
	clear_screen(): void;
	clear_text_state(): void;
	set_size_text(columns: number, rows: number): void;
	set_size_graphical(width: number, height: number, bufferWidth: number, bufferHeight: number): void;
	update_cursor(row: number, column: number): void;
	update_cursor_scanline(start: number, end: number, enabled: boolean): void;
	update_buffer(layers: readonly VgaLayer[]): void;
}

export interface V86Bus {
	send(name: string, value?: unknown): void;
}

export interface V86 {
	readonly bus: V86Bus;
	readonly screen_adapter: V86Screen;
	readonly v86: {
		readonly cpu: {
			readonly devices: {
				readonly vga: { screen_fill_buffer(): void };
				readonly net?: unknown;
				readonly virtio_net?: unknown;
			};
			set_jit_config(setting: number, value: number): void;
		};
	};
	add_listener(name: string, listener: (value: unknown) => void): void;
	run(): Promise<void>;
	stop(): Promise<void>;
	restart(): void;
	get_disk_fda(): Uint8Array | null;
}

export interface V86Module {
	readonly V86: new (options: V86Options) => V86;
}
