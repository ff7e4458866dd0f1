@ Runs one case after the other: loads every register from a record, goes to the case's stub, and writes every register
@ back into the record. The records leave by semihosting. Runs on QEMU's mps2-an521 and on our own core alike.
@
@ A record, in words: r0-r12, lr, apsr, fpscr, s0-s31 (48 in all); 16 of memory; then cfsr, ipsr-primask-faultmask, the
@ change of sp, and the address of the stub.
    .syntax unified
    .cpu cortex-m33
    .fpu fpv5-sp-d16
    .thumb

    .equ RECORDS, 0x80000000
    .equ FIRST, RECORDS + 64
    .equ SIZE, 80 * 4
    .equ STACK, 0x38004000
    .equ MEMORY, 48 * 4
    .equ CFSR, 64 * 4
    .equ MASKS, 65 * 4
    .equ MOVED, 66 * 4
    .equ STUB, 67 * 4
    .equ LEFT, 0x38000000
    .equ CURRENT, 0x38000004

    .section .text
vectors:
    .word STACK + 0x1000
    .word reset + 1
    .word stray + 1             @ NMI
    .word fault + 1             @ HardFault
    .word stray + 1, stray + 1, stray + 1, stray + 1
    .word stray + 1, stray + 1, stray + 1
    .word call + 1              @ SVCall
    .word stray + 1, stray + 1, stray + 1, stray + 1
    .rept 64
    .word stray + 1
    .endr

    .thumb_func
reset:
    ldr r0, =0xE000ED88         @ CPACR: the floating-point unit
    ldr r1, [r0]
    orr r1, r1, #0xF00000
    str r1, [r0]
    dsb
    isb
    ldr r0, =RECORDS
    ldr r1, [r0]
    ldr r0, =LEFT
    str r1, [r0]
    ldr r1, =FIRST
    str r1, [r0, #4]
next:
    ldr r0, =LEFT
    ldr r1, [r0]
    cmp r1, #0
    beq.w done
    subs r1, r1, #1
    str r1, [r0]
    ldr r0, [r0, #4]            @ the record
    ldr r1, =STACK - 8
    mov sp, r1
    ldr r2, [r0]                @ what r0 will be, and where to go
    ldr r3, [r0, #STUB]
    str r2, [sp]
    str r3, [sp, #4]
    add r1, r0, #64
    vldm r1, {s0-s31}
    ldr r1, [r0, #60]
    vmsr fpscr, r1
    ldr r1, [r0, #56]
    msr apsr_nzcvqg, r1
    ldr lr, [r0, #52]
    add r0, r0, #4
    ldm r0, {r1-r12}
    pop {r0, pc}

    .thumb_func
after:
    push {r0}
    ldr r0, =CURRENT
    ldr r0, [r0]
    add r0, r0, #4
    stm r0!, {r1-r12}
    str lr, [r0], #4
    mrs r1, apsr
    str r1, [r0], #4
    vmrs r1, fpscr
    str r1, [r0], #4
    vstm r0!, {s0-s31}
    sub r0, r0, #MEMORY
    pop {r1}
    str r1, [r0]
    mrs r1, primask
    mrs r2, faultmask
    add r1, r1, r2, lsl #1
    mrs r2, ipsr
    add r1, r1, r2, lsl #8
    mrs r2, basepri
    add r1, r1, r2, lsl #16
    str r1, [r0, #MASKS]
    mov r1, sp
    ldr r2, =STACK
    sub r1, r1, r2
    str r1, [r0, #MOVED]
    cpsie if
    movs r1, #0
    msr basepri, r1
    msr msplim, r1
    clrex
    ldr r1, =CURRENT
    ldr r0, [r1]
    add r0, r0, #SIZE
    str r0, [r1]
    b next

    .thumb_func
fault:                          @ notes what it was and goes on behind the stub
    ldr r0, =0xE000ED28
    ldr r1, [r0]
    str r1, [r0]
    ldr r2, =CURRENT
    ldr r2, [r2]
    str r1, [r2, #CFSR]
    ldr r1, [r0, #4]
    str r1, [r0, #4]
    ldr r1, =after
    str r1, [sp, #24]
    ldr r1, [sp, #28]           @ no IT block goes on, and it is Thumb state
    ldr r0, =0x0600FC00
    bics r1, r0
    orr r1, r1, #0x01000000
    str r1, [sp, #28]
    bx lr

    .thumb_func
call:                           @ r0 grows by one, S0 is used
    ldr r0, [sp]
    adds r0, r0, #1
    str r0, [sp]
    vmov s0, r0
    bx lr

    .thumb_func
stray:
    movs r0, #99
    b exit

    .thumb_func
done:
    ldr r1, =open
    movs r0, #1                 @ SYS_OPEN
    bkpt 0xab
    ldr r1, =write
    str r0, [r1]
    ldr r2, =RECORDS
    ldr r3, [r2]
    ldr r2, =SIZE
    mul r3, r3, r2
    str r3, [r1, #8]
    movs r0, #5                 @ SYS_WRITE
    bkpt 0xab
    movs r0, #0
exit:
    ldr r1, =ended
    str r0, [r1, #4]
    movs r0, #0x20              @ SYS_EXIT_EXTENDED
    bkpt 0xab
    b .

    .ltorg
    .align 2
tt: .asciz ":tt"
    .align 2
open: .word tt, 5, 3            @ mode wb: standard output
    .section .data
    .align 2
write: .word 0, FIRST, 0
ended: .word 0x20026, 0
    .global after, reset
