package org.ringone.external;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A program that plays a hypervisor, well or badly: what it does is said by its arguments, in order. */
final class Misbehaviour {

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
    private static final FileInputStream IN = new FileInputStream(FileDescriptor.in);

    private Misbehaviour() {}

    public static void main(String[] arguments) throws Exception {
        for (String argument : arguments) {
            int colon = argument.indexOf(':');
            String what = colon < 0 ? argument : argument.substring(0, colon);
            String value = argument.substring(colon + 1);
            switch (what) {
                case "say" -> say(value + "\n");
                case "cut" -> say(value);
                case "complain" -> System.err.println(value);
                case "tell" -> say(Files.size(Path.of(value)) + " bytes\n");
                case "wait" -> Thread.sleep(Long.parseLong(value));
                case "exit" -> Runtime.getRuntime().halt(Integer.parseInt(value));
                case "echo" -> echo(Integer.MAX_VALUE);
                case "corrupt" -> echo(Integer.parseInt(value));
                case "flood" -> flood();
                case "close" -> OUT.close();
                case "grandchild" -> grandchild();
                case "proxy" -> proxy(Integer.parseInt(value));
                default -> throw new IllegalArgumentException(argument);
            }
        }
    }

    /** The command line of this program. */
    static List<String> command(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Misbehaviour.class.getName()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static void say(String text) throws IOException {
        OUT.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void echo(int everyNthWrong) throws IOException {
        copy(IN, everyNthWrong);
    }

    private static void copy(InputStream from, int everyNthWrong) throws IOException {
        byte[] buffer = new byte[256];
        int count = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (++count % everyNthWrong == 0) {
                    buffer[i] ^= 0x55;
                }
            }
            OUT.write(buffer, 0, read);
        }
    }

    private static void flood() throws IOException {
        byte[] junk = new byte[64 * 1024];
        Arrays.fill(junk, (byte) '#');
        while (true) {
            OUT.write(junk);
        }
    }

    private static void grandchild() throws IOException {
        Process process = new ProcessBuilder(command("wait:600000")).start();
        say("grandchild " + process.pid() + "\n");
    }

    /** Serves the plug-in through a line that damages bytes on the way back. */
    private static void proxy(int everyNthWrong) throws Exception {
        List<String> command = command();
        command.set(command.size() - 1, PluginServer.class.getName());
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread there = new Thread(() -> {
            try {
                byte[] buffer = new byte[4096];
                for (int read = IN.read(buffer); read >= 0; read = IN.read(buffer)) {
                    server.getOutputStream().write(buffer, 0, read);
                    server.getOutputStream().flush();
                }
                server.getOutputStream().close();
            } catch (IOException e) {
                server.destroyForcibly();
            }
        });
        there.setDaemon(true);
        there.start();
        copy(server.getInputStream(), everyNthWrong);
        Runtime.getRuntime().halt(0);
    }
}
