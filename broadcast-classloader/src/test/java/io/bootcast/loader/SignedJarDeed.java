package io.bootcast.loader;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What somebody did to a jar that {@code ONE} has signed. */
enum SignedJarDeed {
    NOTHING {
        @Override
        Path to(Path jar) {
            return jar;
        }
    },
    CLASS_ALTERED {
        @Override
        Path to(Path jar) throws Exception {
            byte[] altered = new TestClasses().empty("p.Z").compile().get("p.Z");
            return Signer.alter(jar, "p/B.class", TestClasses.renamed(altered, "p/Z", "p/B"));
        }
    },
    RESOURCE_ALTERED {
        @Override
        Path to(Path jar) throws Exception {
            return Signer.alter(jar, "p/r.txt", bytes("another one"));
        }
    },
    ENTRIES_ADDED {
        @Override
        Path to(Path jar) throws Exception {
            return Signer.alter(add(jar, "p.Added", "fresh.Added"), "p/added.txt", bytes("added"));
        }
    },
    ENTRY_REMOVED {
        @Override
        Path to(Path jar) throws Exception {
            return Signer.alter(jar, "p/B.class", null);
        }
    },
    MANIFEST_SECTION_ADDED {
        @Override
        Path to(Path jar) throws Exception {
            String manifest = text(Signer.content(jar).get(MANIFEST));
            return Signer.alter(jar, MANIFEST, bytes(manifest + "Name: p/\r\nImplementation-Title: untrusted\r\n\r\n"));
        }
    },
    MANIFEST_ATTRIBUTE_ADDED {
        @Override
        Path to(Path jar) throws Exception {
            String manifest = text(Signer.content(jar).get(MANIFEST));
            return Signer.alter(jar, MANIFEST, bytes(manifest.replaceFirst("\r\n", "\r\nAdded: value\r\n")));
        }
    },
    MANIFEST_DIGEST_ALTERED {
        @Override
        Path to(Path jar) throws Exception {
            String manifest = text(Signer.content(jar).get(MANIFEST));
            int at = manifest.indexOf("Digest: ", manifest.indexOf("Name: p/A.class")) + "Digest: ".length();
            char other = manifest.charAt(at) == 'x' ? 'y' : 'x';
            return Signer.alter(jar, MANIFEST, bytes(manifest.substring(0, at) + other + manifest.substring(at + 1)));
        }
    },
    SIGNATURE_FILE_ALTERED {
        @Override
        Path to(Path jar) throws Exception {
            String name = "META-INF/ONE.SF";
            String file = text(Signer.content(jar).get(name));
            return Signer.alter(jar, name, bytes(file.replace("Created-By", "Kreated-By")));
        }
    },
    SIGNATURE_FILE_REMOVED {
        @Override
        Path to(Path jar) throws Exception {
            return Signer.alter(jar, "META-INF/ONE.SF", null);
        }
    },
    BLOCK_REMOVED {
        @Override
        Path to(Path jar) throws Exception {
            return Signer.alter(jar, "META-INF/ONE.RSA", null);
        }
    },
    BLOCK_CUT {
        @Override
        Path to(Path jar) throws Exception {
            byte[] block = Signer.content(jar).get("META-INF/ONE.RSA");
            return Signer.alter(jar, "META-INF/ONE.RSA", Arrays.copyOf(block, block.length / 2));
        }
    },
    SIGNATURE_ALTERED {
        @Override
        Path to(Path jar) throws Exception {
            byte[] block = Signer.content(jar).get("META-INF/ONE.RSA");
            block[block.length - 9] ^= 1;
            return Signer.alter(jar, "META-INF/ONE.RSA", block);
        }
    },
    NAMES_IN_SMALL_LETTERS {
        @Override
        Path to(Path jar) throws Exception {
            Map<String, byte[]> content = new LinkedHashMap<>();
            Signer.content(jar).forEach((name, bytes) -> {
                boolean meta = name.startsWith("META-INF/ONE");
                content.put(meta ? name.toLowerCase(Locale.ROOT) : name, bytes);
            });
            return Signer.write(jar, content);
        }
    },
    MANIFEST_LAST {
        @Override
        Path to(Path jar) throws Exception {
            Map<String, byte[]> content = Signer.content(jar);
            byte[] manifest = content.remove(MANIFEST);
            content.put(MANIFEST, manifest);
            return Signer.write(jar, content);
        }
    },
    TWO_MANIFESTS {
        @Override
        Path to(Path jar) throws Exception {
            Map<String, byte[]> content = Signer.content(jar);
            content.put("meta-inf/manifest.mf", content.get(MANIFEST));
            return Signer.write(jar, content);
        }
    };

    abstract Path to(Path jar) throws Exception;

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    /** Adds a class that nobody signed. */
    static Path add(Path jar, String... names) throws Exception {
        Map<String, byte[]> content = Signer.content(jar);
        for (String name : names) {
            Map<String, byte[]> made = new TestClasses().empty(name).compile();
            content.put(name.replace('.', '/') + ".class", made.get(name));
        }
        return Signer.write(jar, content);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
