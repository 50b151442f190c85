package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Cryptography that shares no code with the shop: RSA by the {@code openssl} program, AES-GCM by Node.js or by Python's
 * cryptography, whichever is there.
 */
final class OutsideTools {
    private static final long LIMIT_SECONDS = 60;
    private static final String NODE = """
            const [key, nonce, aad] = process.argv.slice(1).map(text => Buffer.from(text, 'utf8'));
            const cipher = require('crypto').createCipheriv('aes-256-gcm', key, nonce);
            cipher.setAAD(aad);
            const text = require('fs').readFileSync(0);
            const sealed = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
            process.stdout.write(sealed.toString('base64'));
            """;
    private static final String PYTHON = """
            import base64, sys
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM
            key, nonce, aad = [text.encode() for text in sys.argv[1:]]
            sealed = AESGCM(key).encrypt(nonce, sys.stdin.buffer.read(), aad)
            sys.stdout.write(base64.b64encode(sealed).decode())
            """;

    private OutsideTools() {}

    /** Whether this machine has what is needed. */
    static boolean areThere() {
        return works("openssl", "version") && (hasNode() || hasPython());
    }

    private static boolean hasNode() {
        return works("node", "--version");
    }

    private static boolean hasPython() {
        return works("python3", "-c", "import cryptography");
    }

    /** A new RSA key; answers the file that holds it. */
    static Path rsaKey(Path folder, String name) {
        Path file = folder.resolve(name + ".pem");
        run(
                new byte[0],
                "openssl",
                "genpkey",
                "-quiet",
                "-algorithm",
                "RSA",
                "-pkeyopt",
                "rsa_keygen_bits:2048",
                "-out",
                file.toString());
        return file;
    }

    /** The private key as base64 of PKCS#8. */
    static String privateKey(Path key) {
        return withoutFrame(read(key));
    }

    /** The public key as base64 of X.509. */
    static String publicKey(Path key) {
        return withoutFrame(new String(run(new byte[0], "openssl", "pkey", "-in", key.toString(), "-pubout"), UTF_8));
    }

    /** The signature SHA256withRSA in base64. */
    static String signed(Path key, String text) {
        byte[] signature = run(text.getBytes(UTF_8), "openssl", "dgst", "-sha256", "-sign", key.toString());
        return Base64.getEncoder().encodeToString(signature);
    }

    /** The text sealed with AES-256-GCM, its tag behind it, in base64. */
    static String sealed(String key, String nonce, String associated, String text) {
        byte[] sealed = hasNode()
                ? run(text.getBytes(UTF_8), "node", "-e", NODE, key, nonce, associated)
                : run(text.getBytes(UTF_8), "python3", "-c", PYTHON, key, nonce, associated);
        return new String(sealed, UTF_8);
    }

    private static String withoutFrame(String pem) {
        return pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean works(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static byte[] run(byte[] input, String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            }
            byte[] output = process.getInputStream().readAllBytes();
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as(command[0] + " ends")
                    .isTrue();
            assertThat(process.exitValue()).as("exit status of " + command[0]).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
