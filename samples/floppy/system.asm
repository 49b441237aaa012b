; What the sample floppy starts: a screen of text, an echo of the keyboard, and a picture in VGA mode 13h.
;
; It stands in the reserved sectors of the floppy and is loaded at 0800:0000. There is no DOS here: only the BIOS.
;
; Assembled with: nasm -f bin -o system.bin system.asm

	cpu 386
	bits 16
	org 0

start:
	mov ax, cs
	mov ds, ax
	mov es, ax
	cld
text:
	mov ax, 3
	int 0x10
	push es
	mov ax, 0xb800
	mov es, ax
	xor di, di
	mov ax, 0x1720
	mov cx, 80 * 25
	rep stosw
	xor di, di
	mov ax, 0x3f20
	mov cx, 80
	rep stosw
	mov di, 24 * 160
	mov cx, 80
	rep stosw
	pop es
	mov si, lines
.line:
	lodsw				; row and column
	cmp ax, 0xffff
	je .lines_done
	mov dx, ax
	lodsb				; colour
	mov bl, al
	call print
	jmp .line
.lines_done:
	call beep
	mov dx, 0x0c08			; where typing appears
.key:
	mov ah, 2
	xor bh, bh
	int 0x10
	xor ax, ax
	int 0x16
	cmp ah, 0x3b			; F1
	je picture
	cmp al, 13
	je .new_line
	cmp al, 8
	je .back
	cmp al, 32
	jb .key
	call put
	inc dl
	cmp dl, 72
	jb .key
.new_line:
	mov dl, 8
	inc dh
	cmp dh, 21
	jb .key
	mov dh, 12
	jmp .key
.back:
	cmp dl, 8
	jbe .key
	dec dl
	mov ah, 2
	int 0x10
	mov al, ' '
	call put
	jmp .key

; AL at the cursor, white.
put:
	push dx
	mov ah, 9
	mov bx, 0x001f
	mov cx, 1
	int 0x10
	pop dx
	ret

; The text at SI, ended by 0, at row DH, column DL, in colour BL; SI stands behind it.
print:
	push es
	mov ax, 0xb800
	mov es, ax
	mov al, 80
	mul dh
	xor dh, dh
	add ax, dx
	shl ax, 1
	mov di, ax
	mov ah, bl
.next:
	lodsb
	test al, al
	jz .done
	stosw
	jmp .next
.done:
	pop es
	ret

; Rings of colour around the middle of the screen.
picture:
	mov ax, 0x13
	int 0x10
	push es
	mov ax, 0xa000
	mov es, ax
	xor di, di
	mov dx, -100
.row:
	mov cx, -160
.column:
	mov ax, cx
	imul ax, cx
	mov bx, dx
	imul bx, dx
	add ax, bx
	shr ax, 7
	and al, 0x3f
	add al, 32
	stosb
	inc cx
	cmp cx, 160
	jl .column
	inc dx
	cmp dx, 100
	jl .row
	pop es
	call beep
	xor ax, ax
	int 0x16
	jmp text

beep:
	mov al, 0xb6
	out 0x43, al
	mov ax, 1500
	out 0x42, al
	mov al, ah
	out 0x42, al
	in al, 0x61
	or al, 3
	out 0x61, al
	xor ah, ah			; two ticks of the clock
	int 0x1a
	mov bx, dx
.wait:
	xor ah, ah
	int 0x1a
	sub dx, bx
	cmp dx, 2
	jb .wait
	in al, 0x61
	and al, 0xfc
	out 0x61, al
	ret

%macro line 4
	db %2, %1, %3
	db %4, 0
%endmacro

lines:
	line 0, 2, 0x3f, 'VITRINE SAMPLE DISK'
	line 24, 2, 0x30, 'F1 Picture    Enter New line    Ctrl+F10 Leave this machine'
	line 4, 8, 0x1f, 'This PC has started from a floppy image.'
	line 6, 8, 0x17, 'There is no operating system here: only a small program and the BIOS.'
	line 7, 8, 0x17, 'The machine has no network. Its changes stay in it until you keep them.'
	line 10, 8, 0x1e, 'Type here:'
	dw 0xffff

	times 8 * 512 - ($ - $$) db 0
