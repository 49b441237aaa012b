; LATHE.COM - a turning job designer, as a small workshop of the 1990s might have had one.
;
; A sample of Vitrine's own: it uses what old programs use. Text mode (a menu), VGA mode 13h (the work piece, shaded as
; a solid), keyboard, mouse, the PC speaker, and files: LATHE.DAT keeps the shape, JOB.NC is the job for the machine.
;
; Assembled with: nasm -f bin -o LATHE.COM lathe.asm
; Memory: one segment. DS = ES = CS but where a routine says that it points ES at the screen.

	cpu 186
	bits 16
	org 0x100

STATIONS	equ 16			; places along the axis whose radius can be set
FIRST_X		equ 40			; screen column of the first
SPACING		equ 16			; columns between two
LAST_X		equ FIRST_X + (STATIONS - 1) * SPACING
AXIS_Y		equ 98
STOCK_RADIUS	equ 60
LEAST_RADIUS	equ 8
TOP_Y		equ 20
BOTTOM_Y	equ 180
SHADES		equ 16			; first of 64 colours from dark to bright steel
BOX_LEFT	equ 20
BOX_TOP		equ 5
BOX_WIDTH	equ 40
ITEMS		equ 5
FIRST_ITEM_ROW	equ 9

; --------------------------------------------------------------------------------------------------------- the menu

start:
	cld
	call load_shape
	xor ax, ax
	int 0x33			; is there a mouse?
	mov [has_mouse], al

menu:
	call show_menu
.wait:
	call poll_mouse_menu
	jc act
	mov ah, 1
	int 0x16
	jnz .key
	hlt				; nothing to do until the next interrupt
	jmp .wait
.key:
	xor ax, ax
	int 0x16
	cmp ah, 0x48			; up
	je .up
	cmp ah, 0x50			; down
	je .down
	cmp al, 13
	je act
	cmp al, 27
	je quit
	cmp al, '1'
	jb .wait
	cmp al, '0' + ITEMS
	ja .wait
	sub al, '1'
	mov [chosen], al
	jmp act
.up:
	dec byte [chosen]
	jns .moved
	mov byte [chosen], ITEMS - 1
	jmp .moved
.down:
	inc byte [chosen]
	cmp byte [chosen], ITEMS
	jb .moved
	mov byte [chosen], 0
.moved:
	call hide_pointer
	call draw_items
	call show_pointer
	jmp .wait

act:
	mov bl, [chosen]
	xor bh, bh
	shl bx, 1
	jmp [actions + bx]

actions	dw shape_piece, turn_piece, save_job, toggle_sound, quit

quit:
	mov ax, 3
	int 0x10
	mov dx, farewell
	mov ah, 9
	int 0x21
	mov ax, 0x4c00
	int 0x21

toggle_sound:
	xor byte [sound_on], 1
	mov word [message], blank
	mov bx, 1200
	call short_beep
	jmp menu

show_menu:
	mov ax, 3
	int 0x10
	mov ah, 1			; no text cursor
	mov cx, 0x2000
	int 0x10
	mov ax, 0x1003			; sixteen background colours instead of blinking
	xor bl, bl
	int 0x10
	call draw_desk
	call draw_box
	call draw_items
	jmp show_pointer

; A patterned desk with a bar above and below.
draw_desk:
	push es
	mov ax, 0xb800
	mov es, ax
	xor di, di
	mov ax, 0x3f20			; bar above: white on cyan
	mov cx, 80
	rep stosw
	mov ax, 0x19b1			; blue pattern
	mov cx, 80 * 23
	rep stosw
	mov ax, 0x3f20
	mov cx, 80
	rep stosw
	pop es
	mov si, title
	mov dx, 0x0001
	mov ah, 0x3f
	call print
	mov si, keys_hint
	mov dx, 0x1801
	mov ah, 0x30
	jmp print

draw_box:
	push es
	mov ax, 0xb800
	mov es, ax
	mov bx, BOX_TOP
.row:
	mov ax, bx
	mov cx, 160
	mul cx
	mov di, ax
	add di, BOX_LEFT * 2
	mov ax, 0x1fba
	stosw
	mov al, ' '
	mov cx, BOX_WIDTH - 2
	rep stosw
	mov al, 0xba
	stosw
	; the shadow beside it
	mov byte [es:di + 161], 0x08
	mov byte [es:di + 163], 0x08
	inc bx
	cmp bx, BOX_TOP + 16
	jb .row
	; the shadow below it
	mov di, (BOX_TOP + 16) * 160 + (BOX_LEFT + 2) * 2 + 1
	mov cx, BOX_WIDTH
.shadow:
	mov byte [es:di], 0x08
	add di, 2
	loop .shadow
	pop es
	mov si, box_top_line
	mov dx, BOX_TOP << 8 | BOX_LEFT
	mov ah, 0x1f
	call print
	mov si, box_bottom_line
	mov dx, (BOX_TOP + 15) << 8 | BOX_LEFT
	mov ah, 0x1f
	call print
	mov si, box_heading
	mov dx, (BOX_TOP + 2) << 8 | (BOX_LEFT + 4)
	mov ah, 0x1e
	jmp print

draw_items:
	xor cx, cx
.item:
	mov bx, cx
	shl bx, 1
	mov si, [item_texts + bx]
	cmp cl, 3
	jne .colour
	cmp byte [sound_on], 0
	jne .colour
	mov si, sound_off_text
.colour:
	mov ah, 0x17
	cmp cl, [chosen]
	jne .place
	mov ah, 0x3f
.place:
	mov dh, cl
	shl dh, 1
	add dh, FIRST_ITEM_ROW
	mov dl, BOX_LEFT + 3
	push cx
	call print
	pop cx
	inc cx
	cmp cl, ITEMS
	jb .item
	mov si, [message]
	mov dx, (BOX_TOP + 14) << 8 | (BOX_LEFT + 4)
	mov ah, 0x1a
	jmp print

; Carry set and [chosen] changed when an item has just been clicked.
poll_mouse_menu:
	cmp byte [has_mouse], 0
	je .no
	mov ax, 3
	int 0x33
	mov al, [button_was_down]
	mov [button_was_down], bl
	and bl, 1
	jz .no
	test al, 1
	jnz .no
	shr dx, 3			; row and column of text
	shr cx, 3
	sub cx, BOX_LEFT
	cmp cx, BOX_WIDTH
	jae .no
	sub dx, FIRST_ITEM_ROW
	cmp dx, ITEMS * 2
	jae .no
	test dl, 1
	jnz .no
	shr dl, 1
	mov [chosen], dl
	stc
	ret
.no:
	clc
	ret

; Writes the text at DS:SI, ended by 0, at row DH, column DL, in colour AH.
print:
	push es
	push ax
	mov al, 80
	mul dh
	xor dh, dh
	add ax, dx
	shl ax, 1
	mov di, ax
	mov ax, 0xb800
	mov es, ax
	pop ax
.next:
	lodsb
	test al, al
	jz .done
	stosw
	jmp .next
.done:
	pop es
	ret

show_pointer:
	mov ax, 1
	jmp pointer
hide_pointer:
	mov ax, 2
pointer:
	cmp byte [has_mouse], 0
	je .none
	int 0x33
.none:
	ret

; ----------------------------------------------------------------------------------------------- shaping in graphics

shape_piece:
	call open_workshop
	mov si, shape_title
	mov dx, 0x0001
	call print_graphics
	mov si, shape_hint
	mov dx, 0x1800
	call print_graphics
	call draw_piece
	call draw_marker
	call show_pointer
.wait:
	call poll_mouse_shape
	mov ah, 1
	int 0x16
	jnz .key
	hlt
	jmp .wait
.key:
	xor ax, ax
	int 0x16
	cmp al, 27
	je .leave
	cmp al, 13
	je .leave
	push ax
	call hide_pointer
	call clear_marker
	pop ax
	mov bl, [station]
	xor bh, bh
	cmp ah, 0x4b			; left
	je .left
	cmp ah, 0x4d			; right
	je .right
	cmp ah, 0x48			; up
	je .thicker
	cmp ah, 0x50			; down
	je .thinner
	jmp .drawn
.left:
	test bl, bl
	jz .drawn
	dec byte [station]
	jmp .drawn
.right:
	cmp bl, STATIONS - 1
	jae .drawn
	inc byte [station]
	jmp .drawn
.thicker:
	mov al, [radii + bx]
	add al, 2
	jmp .set
.thinner:
	mov al, [radii + bx]
	sub al, 2
.set:
	call set_radius
.drawn:
	call draw_marker
	call show_pointer
	jmp .wait
.leave:
	mov word [message], blank
	jmp menu

; Sets the radius of station BX to AL, kept within what the stock allows, and draws what that changes.
set_radius:
	cmp al, LEAST_RADIUS
	jae .above
	mov al, LEAST_RADIUS
.above:
	cmp al, STOCK_RADIUS
	jbe .fits
	mov al, STOCK_RADIUS
.fits:
	mov [radii + bx], al
	; from the station before to the station after
	mov cx, bx
	jcxz .first
	dec cx
.first:
	shl cx, 4
	add cx, FIRST_X
	mov dx, bx
	inc dx
	cmp dx, STATIONS
	jb .last
	dec dx
.last:
	shl dx, 4
	add dx, FIRST_X
	jmp draw_columns

poll_mouse_shape:
	cmp byte [has_mouse], 0
	je .no
	mov ax, 3
	int 0x33
	test bl, 1
	jz .no
	shr cx, 1			; mode 13h: 640 steps for 320 columns
	sub cx, FIRST_X - SPACING / 2
	jc .no
	shr cx, 4
	cmp cx, STATIONS
	jae .no
	sub dx, AXIS_Y
	jns .below
	neg dx
.below:
	push dx
	push cx
	call hide_pointer
	call clear_marker
	pop bx
	pop ax
	mov [station], bl
	test ah, ah
	jz .radius
	mov al, STOCK_RADIUS
.radius:
	call set_radius
	call draw_marker
	jmp show_pointer
.no:
	ret

; ----------------------------------------------------------------------------------------------- turning in graphics

turn_piece:
	call open_workshop
	mov si, turn_title
	mov dx, 0x0001
	call print_graphics
	mov byte [stock], 1
	call draw_piece
	mov byte [stock], 0
	mov word [tool_x], LAST_X
.cut:
	mov cx, [tool_x]
	mov dx, cx
	add dx, 12
	cmp dx, LAST_X
	jbe .piece
	mov dx, LAST_X
.piece:
	call draw_columns
	mov cx, [tool_x]
	call radius_at
	mov ah, 0
	push ax
	call draw_tool
	pop ax
	; the smaller the radius, the higher the note
	mov bx, ax
	shl bx, 4
	add bx, 1800
	call tone_on
	call wait_retrace
	mov ah, 1
	int 0x16
	jnz .stop
	sub word [tool_x], 2
	cmp word [tool_x], FIRST_X
	jge .cut
	call tone_off
	mov cx, FIRST_X
	mov dx, FIRST_X + 14
	call draw_columns
	call clear_tool
	mov si, turn_done
	mov dx, 0x1800
	call print_graphics
	call chime
	jmp .key
.stop:
	call tone_off
.key:
	xor ax, ax
	int 0x16
	mov word [message], blank
	jmp menu

; The tool touches the piece at column [tool_x], radius AL.
draw_tool:
	push es
	push ax
	mov bx, 0xa000
	mov es, bx
	call clear_tool_es
	pop ax
	add ax, AXIS_Y + 1
	mov bx, ax			; row
	mov cx, 1			; width
.row:
	imul di, bx, 320
	add di, [tool_x]
	push cx
	mov al, 3
.pixel:
	stosb
	loop .pixel
	pop cx
	cmp cx, 9
	jae .next
	inc cx
.next:
	inc bx
	cmp bx, BOTTOM_Y + 6
	jb .row
	pop es
	ret

clear_tool:
	push es
	mov bx, 0xa000
	mov es, bx
	call clear_tool_es
	pop es
	ret

; What draw_columns does not reach: the strip below the bench.
clear_tool_es:
	mov bx, BOTTOM_Y
.row:
	imul di, bx, 320
	add di, FIRST_X
	mov cx, LAST_X - FIRST_X + 16
	xor al, al
	rep stosb
	inc bx
	cmp bx, BOTTOM_Y + 6
	jb .row
	; and the columns right of the piece
	mov cx, LAST_X + 1
	mov dx, LAST_X + 14
	mov byte [radius_now], 0
.column:
	push cx
	push dx
	call draw_column
	pop dx
	pop cx
	inc cx
	cmp cx, dx
	jbe .column
	ret

; -------------------------------------------------------------------------------------------------- drawing the piece

open_workshop:
	mov ax, 0x13
	int 0x10
	mov ax, 0x1012			; our colours
	xor bx, bx
	mov cx, 16
	mov dx, palette
	int 0x10
	call set_steel
	push es
	mov ax, 0xa000
	mov es, ax
	; the bench with its grid
	mov byte [radius_now], 0
	xor cx, cx
.column:
	push cx
	call draw_column
	pop cx
	inc cx
	cmp cx, 320
	jb .column
	; the chuck
	mov bx, AXIS_Y - 70
.chuck:
	imul di, bx, 320
	mov al, 5
	mov cx, 26
	rep stosb
	mov al, 6
	mov cx, 3
	rep stosb
	inc bx
	cmp bx, AXIS_Y + 71
	jb .chuck
	mov bx, AXIS_Y - 44
	call draw_jaw
	mov bx, AXIS_Y - 8
	call draw_jaw
	mov bx, AXIS_Y + 28
	call draw_jaw
	pop es
	ret

; One jaw of the chuck, from row BX.
draw_jaw:
	mov dx, 16
.row:
	imul di, bx, 320
	add di, 29
	mov al, 4
	mov cx, FIRST_X - 29
	rep stosb
	inc bx
	dec dx
	jnz .row
	ret

; 64 colours from dark to bright steel.
set_steel:
	mov dx, 0x3c8
	mov al, SHADES
	out dx, al
	inc dx
	xor cx, cx
.shade:
	mov al, cl
	shr al, 3
	neg al
	add al, cl
	add al, 3
	out dx, al			; red
	add al, 2
	out dx, al			; green
	add al, 2
	cmp al, 63
	jbe .blue
	mov al, 63
.blue:
	out dx, al
	inc cx
	cmp cx, 64
	jb .shade
	ret

draw_piece:
	mov cx, FIRST_X
	mov dx, LAST_X

; Draws the columns CX to DX of the piece.
draw_columns:
	push es
	mov ax, 0xa000
	mov es, ax
.column:
	call radius_at
	mov [radius_now], al
	push cx
	push dx
	call draw_column
	pop dx
	pop cx
	inc cx
	cmp cx, dx
	jbe .column
	pop es
	ret

; AL: radius of the piece at column CX. Keeps CX and DX.
radius_at:
	mov al, STOCK_RADIUS
	cmp byte [stock], 0
	jne .done
	push dx
	mov bx, cx
	sub bx, FIRST_X
	mov dx, bx
	and dx, SPACING - 1
	shr bx, 4
	mov al, SPACING
	sub al, dl
	mul byte [radii + bx]
	push ax
	mov al, [radii + bx + 1]	; past the last station the weight is 0
	mul dl
	pop bx
	add ax, bx
	shr ax, 4
	pop dx
.done:
	ret

; Draws column CX, ES on the screen: the bench's grid, and on it the piece of radius [radius_now], shaded as round.
draw_column:
	mov ax, cx
	mov bl, 20
	div bl
	mov byte [grid_column], 1
	test ah, ah
	jnz .prepare
	mov byte [grid_column], 2
.prepare:
	mov di, TOP_Y * 320
	add di, cx
	mov bl, [radius_now]
	mov bh, bl
	shr bh, 2
	add bh, bl
	inc bh				; distance at which the light is gone
	mov cx, TOP_Y - AXIS_Y
.row:
	mov ax, cx
	test ax, ax
	jns .distance
	neg ax
.distance:
	cmp bl, 0
	je .bench
	cmp al, bl
	ja .bench
	; light comes from above: the brightest line is a quarter of the radius up
	mov al, bl
	shr al, 2
	cbw
	add ax, cx
	jns .lit
	neg ax
.lit:
	mov ah, 63
	mul ah
	div bh
	neg al
	add al, SHADES + 63
	jmp .store
.bench:
	mov al, [grid_column]
	push ax
	mov ax, cx
	add ax, AXIS_Y
	push bx
	mov bl, 20
	div bl
	pop bx
	test ah, ah
	pop ax
	jnz .store
	mov al, 2
.store:
	mov [es:di], al
	add di, 320
	inc cx
	cmp cx, BOTTOM_Y - AXIS_Y
	jl .row
	ret

draw_marker:
	mov al, 3
	jmp marker
clear_marker:
	xor al, al
; A small arrow below the station that is being shaped, in colour AL.
marker:
	push es
	mov bx, 0xa000
	mov es, bx
	mov bl, [station]
	xor bh, bh
	shl bx, 4
	add bx, FIRST_X + (BOTTOM_Y + 1) * 320
	mov cx, 1
.row:
	mov di, bx
	push cx
	rep stosb
	pop cx
	add bx, 319
	add cx, 2
	cmp cx, 11
	jb .row
	pop es
	ret

; Writes the text at SI at row DH, column DL of a graphics mode.
print_graphics:
	mov ah, 2
	xor bh, bh
	int 0x10
.next:
	lodsb
	test al, al
	jz .done
	mov ah, 0x0e
	mov bx, 7
	int 0x10
	jmp .next
.done:
	ret

wait_retrace:
	mov dx, 0x3da
.in:
	in al, dx
	test al, 8
	jnz .in
.out:
	in al, dx
	test al, 8
	jz .out
	ret

; -------------------------------------------------------------------------------------------------------------- sound

; BX: divisor of 1,193,182 Hz.
tone_on:
	cmp byte [sound_on], 0
	je .quiet
	mov al, 0xb6
	out 0x43, al
	mov al, bl
	out 0x42, al
	mov al, bh
	out 0x42, al
	in al, 0x61
	or al, 3
	out 0x61, al
.quiet:
	ret

tone_off:
	in al, 0x61
	and al, 0xfc
	out 0x61, al
	ret

short_beep:
	call tone_on
	mov cx, 8
	call wait_frames
	jmp tone_off

chime:
	mov si, notes
.note:
	lodsw
	test ax, ax
	jz tone_off
	mov bx, ax
	call tone_on
	mov cx, 7
	call wait_frames
	jmp .note

wait_frames:
	call wait_retrace
	loop wait_frames
	ret

; -------------------------------------------------------------------------------------------------------------- files

load_shape:
	mov ax, 0x3d00
	mov dx, shape_file
	int 0x21
	jc .none
	mov bx, ax
	mov ah, 0x3f
	mov cx, STATIONS
	mov dx, radii
	int 0x21
	mov ah, 0x3e
	int 0x21
	; whatever the file held, keep to what can be turned
	mov si, radii
	mov cx, STATIONS
.check:
	cmp byte [si], LEAST_RADIUS
	jb .bad
	cmp byte [si], STOCK_RADIUS
	jbe .good
.bad:
	mov byte [si], STOCK_RADIUS
.good:
	inc si
	loop .check
.none:
	ret

save_job:
	mov dx, shape_file
	mov cx, STATIONS
	mov si, radii
	call write_file
	jc .failed
	call compose_job
	mov cx, di
	sub cx, job
	mov dx, job_file
	mov si, job
	call write_file
	jc .failed
	mov word [message], saved_text
	call chime
	jmp menu
.failed:
	mov word [message], failed_text
	jmp menu

; Writes CX bytes from SI into the file named at DX; carry set when that fails.
write_file:
	push cx
	xor cx, cx
	mov ah, 0x3c
	int 0x21
	pop cx
	jc .done
	mov bx, ax
	mov dx, si
	mov ah, 0x40
	int 0x21
	pushf
	mov ah, 0x3e
	int 0x21
	popf
.done:
	ret

; The job as G-code, from `job` to DI: one straight cut from station to station.
compose_job:
	mov di, job
	mov si, job_head
	call append
	xor bx, bx
.station:
	mov si, job_line
	call append
	mov al, [radii + bx]
	call append_number
	mov si, job_z
	call append
	mov ax, bx
	mov ah, 8			; 8 mm from station to station
	mul ah
	call append_number
	mov si, job_end_line
	call append
	inc bx
	cmp bx, STATIONS
	jb .station
	mov si, job_tail

append:
	lodsb
	test al, al
	jz .done
	stosb
	jmp append
.done:
	ret

; AL as three digits.
append_number:
	mov cx, 3
	add di, 2
.digit:
	aam
	add al, '0'
	std
	stosb
	cld
	mov al, ah
	loop .digit
	add di, 4
	ret

; --------------------------------------------------------------------------------------------------------------- data

title		db 'LATHE 1.2   Turning job designer', 0
keys_hint	db 24, 25, ' Choose    Enter Do it    1-5 At once    Esc Quit    or use the mouse', 0
box_heading	db 'WORK PIECE  120 mm  steel', 0
box_top_line	db 201
		times BOX_WIDTH - 2 db 205
		db 187, 0
box_bottom_line	db 200
		times BOX_WIDTH - 2 db 205
		db 188, 0
item_texts	dw item_1, item_2, item_3, sound_on_text, item_5
item_1		db ' 1  Shape the work piece          ', 0
item_2		db ' 2  Turn it on the lathe          ', 0
item_3		db ' 3  Save the job                  ', 0
sound_on_text	db ' 4  Sound: on                     ', 0
sound_off_text	db ' 4  Sound: off                    ', 0
item_5		db ' 5  Quit to DOS                   ', 0
blank		db '                              ', 0
saved_text	db 'JOB.NC has been saved.        ', 0
failed_text	db 'JOB.NC could not be saved.    ', 0
farewell	db 'LATHE has ended. Your job is in JOB.NC when you saved it.', 13, 10, '$'
shape_title	db 'Shape: arrows or mouse', 0
shape_hint	db ' Left Right: where   Up Down: size  Esc', 0
turn_title	db 'Turning. Any key stops.', 0
turn_done	db ' Finished. Press any key.', 0
shape_file	db 'LATHE.DAT', 0
job_file	db 'JOB.NC', 0
job_head	db '%', 13, 10, 'O0001 (LATHE SAMPLE JOB)', 13, 10, 'G21 G95 S1200 M03', 13, 10, 0
job_line	db 'G01 X', 0
job_z		db ' Z-', 0
job_end_line	db ' F0.2', 13, 10, 0
job_tail	db 'G00 X120 Z10', 13, 10, 'M30', 13, 10, '%', 13, 10, 0
notes		dw 2280, 1810, 1521, 1140, 0

; Red, green, blue of colours 0 to 15, 0 to 63 each.
palette		db 0, 0, 0,  4, 8, 14,  9, 16, 24,  63, 50, 12,  44, 30, 10,  18, 20, 24,  34, 37, 42,  54, 58, 62
		times 8 * 3 db 0

radii		db 60, 60, 52, 44, 44, 44, 36, 28, 28, 40, 52, 52, 34, 22, 22, 16
		db 0			; weight 0, but read
chosen		db 0
station		db 7
stock		db 0
sound_on	db 1
has_mouse	db 0
button_was_down	db 0
radius_now	db 0
grid_column	db 1
message		dw blank
tool_x		dw 0

	section .bss
job		resb 1024
