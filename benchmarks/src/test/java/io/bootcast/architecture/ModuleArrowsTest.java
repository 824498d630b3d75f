package io.bootcast.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.lang.module.ModuleDescriptor.Exports;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Modules' arrows go one way: benchmarks, cache-builder, bootloader, core; agent, core. */
class ModuleArrowsTest {
    private static final String ASM = "org.objectweb.asm..";

    private static final JavaClasses CORE = BuildModule.imported(BuildModule.CORE);
    private static final JavaClasses BOOTLOADER = BuildModule.imported(BuildModule.BOOTLOADER);
    private static final JavaClasses CACHE_BUILDER = BuildModule.imported(BuildModule.CACHE_BUILDER);
    private static final JavaClasses AGENT = BuildModule.imported(BuildModule.AGENT);
    private static final JavaClasses BENCHMARKS = BuildModule.imported(BuildModule.BENCHMARKS);

    private static DescribedPredicate<JavaClass> of(JavaClasses module) {
        Set<String> names = new HashSet<>();
        for (JavaClass type : module) {
            names.add(type.getName());
        }
        return DescribedPredicate.describe(
                "of the module",
                type -> names.contains(type.getBaseComponentType().getName()));
    }

    private static DescribedPredicate<JavaClass> ofJavaBase() {
        Set<String> packages = new HashSet<>();
        for (Exports exports : Object.class.getModule().getDescriptor().exports()) {
            if (!exports.isQualified()) {
                packages.add(exports.source());
            }
        }
        return DescribedPredicate.describe("of java.base", type -> {
            JavaClass base = type.getBaseComponentType();
            return base.isPrimitive() || packages.contains(base.getPackageName());
        });
    }

    private static DescribedPredicate<JavaClass> ofJdk() {
        return DescribedPredicate.describe("of the JDK", type -> {
            JavaClass base = type.getBaseComponentType();
            return base.isPrimitive() || base.getPackageName().matches("(java|javax|jdk|com\\.sun)\\..*");
        });
    }

    @Test
    void coreUsesOnlyJavaBaseAndMpi() {
        classes()
                .should()
                .onlyDependOnClassesThat(of(CORE).or(ofJavaBase()).or(resideInAPackage("mpi")))
                .check(CORE);
    }

    @Test
    void mpiIsKnownToItsAdapterOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("mpi")
                .and()
                .haveNameNotMatching("io\\.bootcast\\.transport\\.OpenMpi.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("mpi")
                .check(BuildModule.imported(BuildModule.values()));
    }

    @Test
    void guardInMpisPackageUsesNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("mpi")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.bootcast..")
                .check(CORE);
    }

    @Test
    void bootloaderUsesOnlyTheCore() {
        classes()
                .should()
                .onlyDependOnClassesThat(of(BOOTLOADER).or(of(CORE)).or(ofJdk()).or(resideInAPackage("org.crac..")))
                .check(BOOTLOADER);
    }

    @Test
    void cacheBuilderUsesOnlyWhatIsBelowItAndItsLibraries() {
        classes()
                .should()
                .onlyDependOnClassesThat(of(CACHE_BUILDER)
                        .or(of(BOOTLOADER))
                        .or(of(CORE))
                        .or(ofJdk())
                        .or(resideInAnyPackage(
                                ASM,
                                "org.apache.commons.compress..",
                                "com.github.luben.zstd..",
                                "net.jpountz..",
                                "com.google.gson..",
                                "picocli..")))
                .check(CACHE_BUILDER);
    }

    /** Root loads the reader of bundles into a job: no more than what it needs. */
    @Test
    void bundlesUseNothingElseOfTheBuild() {
        classes()
                .that()
                .resideInAPackage("io.bootcast.build.bundle")
                .should()
                .onlyDependOnClassesThat(of(CORE).or(ofJdk())
                        .or(resideInAnyPackage(
                                "io.bootcast.build.bundle",
                                "org.apache.commons.compress..",
                                "com.github.luben.zstd..",
                                "net.jpountz..",
                                "com.google.gson..")))
                .check(CACHE_BUILDER);
    }

    @Test
    void agentUsesOnlyTheCoreAndAsm() {
        classes()
                .should()
                .onlyDependOnClassesThat(of(AGENT).or(of(CORE)).or(ofJdk()).or(resideInAPackage(ASM)))
                .check(AGENT);
    }

    @Test
    void benchmarksAreUsedByNobody() {
        noClasses()
                .should()
                .dependOnClassesThat(of(BENCHMARKS))
                .check(BuildModule.imported(
                        BuildModule.CORE, BuildModule.BOOTLOADER, BuildModule.CACHE_BUILDER, BuildModule.AGENT));
    }
}
