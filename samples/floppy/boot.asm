; The boot sector of the sample floppy: FAT12 parameters, and a loader for the system that stands in the reserved
; sectors behind it (see system.asm).
;
; Assembled with: nasm -f bin -o boot.bin boot.asm

	cpu 186
	bits 16
	org 0x7c00

SYSTEM_SECTORS	equ 8
SYSTEM_SEGMENT	equ 0x0800

	jmp short start
	nop

	db 'VITRINE '
	dw 512				; bytes a sector
	db 1				; sectors a cluster
	dw 1 + SYSTEM_SECTORS		; reserved sectors
	db 2				; FATs
	dw 224				; entries of the root directory
	dw 2880				; sectors in all
	db 0xf0				; media descriptor
	dw 9				; sectors a FAT
	dw 18				; sectors a track
	dw 2				; heads
	dd 0				; hidden sectors
	dd 0
	db 0				; drive
	db 0
	db 0x29
	dd 0x19920704			; serial number
	db 'SAMPLE DISK'
	db 'FAT12   '

start:
	cli
	xor ax, ax
	mov ds, ax
	mov ss, ax
	mov sp, 0x7c00
	sti
	mov bp, 3			; tries: a floppy may need to get up to speed
.read:
	mov ax, SYSTEM_SEGMENT
	mov es, ax
	xor bx, bx
	mov ax, 0x0200 | SYSTEM_SECTORS
	mov cx, 2			; track 0, sector 2: right behind this one
	xor dh, dh			; head 0; DL is the drive we were started from
	int 0x13
	jnc .start
	xor ax, ax
	int 0x13
	dec bp
	jnz .read
	mov si, trouble
.print:
	lodsb
	test al, al
	jz .stop
	mov ah, 0x0e
	mov bx, 7
	int 0x10
	jmp .print
.stop:
	hlt
	jmp .stop
.start:
	jmp SYSTEM_SEGMENT:0

trouble	db 'The disk cannot be read.', 0

	times 510 - ($ - $$) db 0
	dw 0xaa55
