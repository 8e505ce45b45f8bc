package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Computes the checksum (CRC-32C) of any range of a part of a file in constant time, after the part was read once. A
 * damaged file can be full of bytes that look like long records. Without this class, all bytes after each of them would
 * have to be read.
 * <p>
 * A checksum is a polynomial modulo another polynomial. The checksum of two adjacent ranges is the checksum of the first
 * range, times x to the power of the number of bits in the second range, plus the checksum of the second range. The checksum
 * of a range therefore follows from two checksums: of all bytes up to its beginning, and of all bytes up to its end. They
 * are stored for the beginning of each block.
 */
final class RangeChecksums {

    private static final int BLOCK = 512;
    private static final int PAGE = 8 * BLOCK;

    /** As much as a segment has, unless it has a longer record, is read from the file only once. */
    private static final int MAX_PAGES = 2048;

    /** Of CRC-32C; the coefficient of the highest power is the lowest bit. */
    private static final int POLYNOMIAL = 0x82F63B78;
    private static final int ONE = 1 << 31;
    private static final int X_8 = 1 << 23;

    private static final int[] POWERS_OF_BYTES = powers(X_8, BLOCK);

    private final SpoolFile file;
    private final long from;
    private final long to;
    private final int[] checksums;
    private final int[] powersOfBlocks;
    private final Page[] pages;

    RangeChecksums(SpoolFile file, long from, long to) throws IOException {
        this.file = file;
        this.from = from;
        int blocks = Math.toIntExact((to - from) / BLOCK);
        this.checksums = new int[blocks + 1];
        this.powersOfBlocks = powers(POWERS_OF_BYTES[BLOCK], blocks);
        this.pages = new Page[Math.min(MAX_PAGES, blocks / (PAGE / BLOCK) + 1)];
        CRC32C checksum = new CRC32C();
        int block = 0;
        while (block < blocks && update(checksum, from + (long) block * BLOCK, BLOCK)) {
            checksums[++block] = (int) checksum.getValue();
        }
        this.to = block == blocks ? to : from + (long) block * BLOCK;
    }

    boolean cover(long begin, long end) {
        return begin >= from && end <= to;
    }

    int of(long begin, long end) throws IOException {
        long length = end - begin;
        int power = multiply(powersOfBlocks[(int) (length / BLOCK)], POWERS_OF_BYTES[(int) (length % BLOCK)]);
        return upTo(end) ^ multiply(power, upTo(begin));
    }

    /** Of all bytes from the beginning of the part. */
    private int upTo(long position) throws IOException {
        int block = (int) ((position - from) / BLOCK);
        int rest = (int) ((position - from) % BLOCK);
        CRC32C checksum = new CRC32C();
        update(checksum, position - rest, rest);
        return multiply(POWERS_OF_BYTES[rest], checksums[block]) ^ (int) checksum.getValue();
    }

    /** False if there are not so many bytes any more. */
    private boolean update(CRC32C checksum, long block, int length) throws IOException {
        long number = (block - from) / PAGE;
        int index = (int) (number % pages.length);
        if (pages[index] == null || pages[index].number != number) {
            byte[] bytes = new byte[PAGE];
            pages[index] = new Page(number, bytes, file.read(from + number * PAGE, bytes, PAGE));
        }
        int offset = (int) ((block - from) % PAGE);
        boolean there = offset + length <= pages[index].length;
        if (there) {
            checksum.update(pages[index].bytes, offset, length);
        }
        return there;
    }

    private static int[] powers(int base, int count) {
        int[] powers = new int[count + 1];
        powers[0] = ONE;
        for (int i = 1; i <= count; i++) {
            powers[i] = multiply(powers[i - 1], base);
        }
        return powers;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int multiple = b;
        for (int rest = a; rest != 0; rest <<= 1) {
            product ^= multiple & rest >> 31;
            multiple = multiple >>> 1 ^ POLYNOMIAL & -(multiple & 1);
        }
        return product;
    }

    /** A few blocks that were read together. */
    private record Page(long number, byte[] bytes, int length) {
    }
}
