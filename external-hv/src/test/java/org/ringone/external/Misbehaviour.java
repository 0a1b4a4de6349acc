package org.ringone.external;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
                case "say" -> say(value.replace("|", "\n") + "\n");
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
                case "qmp" -> controlLine(Path.of(value));
                case "saved" -> saved(arguments);
                case "unsaved" -> unsaved(Path.of(value), arguments);
                case "serial" -> serial(Integer.parseInt(value));
                case "-incoming" -> {
                    return;
                }
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

    /** Plays the part of QEMU's control line that saves: the state is always the same text. */
    private static void controlLine(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    try (SocketChannel line = server.accept()) {
                        converse(line);
                    }
                }
            } catch (IOException e) {
                System.err.println(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void converse(SocketChannel line) throws IOException {
        BufferedReader in = new BufferedReader(Channels.newReader(line, StandardCharsets.UTF_8));
        OutputStream out = Channels.newOutputStream(line);
        reply(out, "{\"QMP\": {}}");
        int asked = 0;
        for (String question = in.readLine(); question != null; question = in.readLine()) {
            if (question.contains("\"migrate\"")) {
                String path = question.replaceAll(".*exec:cat > '([^']*)'.*", "$1");
                Files.writeString(Path.of(path), "as it was");
                reply(out, "{\"event\": \"STOP\"}");
            }
            boolean done = ++asked > 3;
            reply(
                    out,
                    "{\"return\": {\"status\": \"" + (done ? "completed" : "active") + "\", \"running\": " + done
                            + "}}");
        }
    }

    private static void reply(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Does not start from a state. */
    private static void unsaved(Path tries, String[] arguments) throws IOException {
        if (Arrays.asList(arguments).contains("-incoming")) {
            Files.writeString(tries, "tried\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Runtime.getRuntime().halt(1);
        }
    }

    /** Has its console at a TCP port, and chatters on its output. */
    private static void serial(int port) throws IOException {
        say("drawing a screen\n");
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), port)) {
            line.getOutputStream().write("guest runs\n".getBytes(StandardCharsets.US_ASCII));
            for (int c = line.getInputStream().read();
                    c >= 0 && c != 'q';
                    c = line.getInputStream().read()) {
                line.getOutputStream().write(c);
            }
            line.getOutputStream().write("guest off\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Says the state that it was started from. */
    private static void saved(String[] arguments) throws IOException {
        String last = arguments[arguments.length - 1];
        if (last.startsWith("exec:cat ")) {
            say(Files.readString(Path.of(last.replaceAll("exec:cat '(.*)'", "$1"))) + "\n");
            echo(Integer.MAX_VALUE);
        }
    }
}
