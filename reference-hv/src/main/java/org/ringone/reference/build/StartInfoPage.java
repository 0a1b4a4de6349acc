package org.ringone.reference.build;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.ringone.api.DomainSpec;
import org.ringone.xen.StartInfo;

/** BOOT-08, BOOT-09: the page that tells the guest where everything is. */
final class StartInfoPage {

    private static final int TEXT_MODE = 3;
    private static final int CONSOLE_INFO_SIZE = 28;

    private final ByteBuffer page =
            ByteBuffer.allocate(StartInfo.SIZE + CONSOLE_INFO_SIZE).order(ByteOrder.LITTLE_ENDIAN);

    private final BootRules rules;

    private StartInfoPage(BootRules rules) {
        this.rules = rules;
    }

    /** The page's bytes, as far as they are not 0. */
    static byte[] of(
            DomainSpec spec,
            Layout layout,
            GuestRegion region,
            int sharedInfo,
            BootChannels channels,
            BootRules rules) {
        StartInfoPage info = new StartInfoPage(rules);
        info.text(StartInfo.MAGIC, rules.magic(), 32);
        info.common(spec, layout, sharedInfo);
        if (spec.privileged()) {
            info.initial();
        } else {
            info.ordinary(layout, region, channels);
        }
        info.text(StartInfo.CMD_LINE, rules.commandLine(spec.commandLine()), StartInfo.CMD_LINE_SIZE);
        return info.page.array();
    }

    private void put(int offset, int value) {
        page.putInt(offset, rules.startInfo(offset, value));
    }

    private void common(DomainSpec spec, Layout layout, int sharedInfo) {
        put(StartInfo.NR_PAGES, spec.memoryMib() << 8);
        put(StartInfo.FLAGS, spec.privileged() ? StartInfo.FLAG_PRIVILEGED | StartInfo.FLAG_INITDOMAIN : 0);
        put(StartInfo.SHARED_INFO, sharedInfo << 12);
        put(StartInfo.PT_BASE, (int) layout.tables());
        put(StartInfo.NR_PT_FRAMES, layout.tableCount());
        put(StartInfo.MFN_LIST, (int) layout.frameList());
        if (spec.ramdisk().length > 0) {
            put(StartInfo.MOD_START, (int) layout.ramdisk());
            // the era's tools round an ordinary domain's up to whole pages
            int length = spec.privileged() ? spec.ramdisk().length : (int) (layout.frameList() - layout.ramdisk());
            put(StartInfo.MOD_LEN, length);
        }
    }

    private void ordinary(Layout layout, GuestRegion region, BootChannels channels) {
        put(StartInfo.STORE_MFN, region.mfn(layout.store()));
        put(StartInfo.STORE_EVTCHN, channels.store());
        put(StartInfo.CONSOLE_MFN, region.mfn(layout.console()));
        put(StartInfo.CONSOLE_EVTCHN, channels.console());
    }

    /** An initial domain's screen is an empty one of 80 by 25 characters. */
    private void initial() {
        put(StartInfo.CONSOLE_INFO_OFFSET, StartInfo.SIZE);
        put(StartInfo.CONSOLE_INFO_SIZE, CONSOLE_INFO_SIZE);
        page.put(StartInfo.SIZE, (byte) TEXT_MODE);
        page.putShort(StartInfo.SIZE + 4, (short) 16); // font height
        page.putShort(StartInfo.SIZE + 10, (short) 25); // rows
        page.putShort(StartInfo.SIZE + 12, (short) 80); // columns
    }

    /** NUL-terminated, cut to the room there is. */
    private void text(int offset, String text, int room) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        page.put(offset, bytes, 0, Math.min(bytes.length, room - 1)); // a NUL is there already
    }
}
