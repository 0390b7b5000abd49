package org.purertc.interop.layering;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules of docs/architecture.md, "Who may enter which room". */
final class LayeringRules {
  private LayeringRules() {}

  /** The protocol machines of {@code core}: no outside world. */
  private static final String[] MACHINES = {
    "org.purertc.sdp..",
    "org.purertc.internal.util..",
    "org.purertc.internal.jsep..",
    "org.purertc.internal.sctp..",
    "org.purertc.internal.datachannel..",
    "org.purertc.internal.rtp..",
    "org.purertc.internal.media..",
    "org.purertc.internal.stats.."
  };

  /** What a program that uses PureRTC does not see. */
  private static final DescribedPredicate<JavaClass> INTERNALS =
      resideInAnyPackage(
          "org.purertc.internal..",
          "org.purertc.ice..",
          "org.purertc.dtls..",
          "org.purertc.srtp..");

  private static final Set<String> CLOCKS =
      Set.of("java.lang.System.nanoTime", "java.lang.System.currentTimeMillis");

  static final ArchRule NO_PACKAGE_CYCLES =
      slices().matching("org.purertc.(**)").should().beFreeOfCycles().as("no package cycles");

  static final ArchRule MACHINES_KNOW_NO_OUTSIDE_WORLD =
      noClasses()
          .that()
          .resideInAnyPackage(MACHINES)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "java.net..",
                  "java.nio.channels..",
                  "java.nio.file..",
                  "java.util.concurrent..",
                  "java.time.."))
          .orShould()
          .dependOnClassesThat(
              named("java.lang.Thread", "java.util.Random", "java.security.SecureRandom"))
          .orShould(readAClock())
          .orShould(synchronize())
          .as("machines know no socket, thread, lock, clock or random source")
          .allowEmptyShould(true);

  static final ArchRule INTERNAL_NEVER_SEES_THE_API =
      noClasses()
          .that()
          .resideInAPackage("org.purertc.internal..")
          .should()
          .dependOnClassesThat(resideInAPackage("org.purertc"))
          .as("nothing in internal imports the root package");

  static final ArchRule SDP_KNOWS_NOTHING =
      seesOnly("org.purertc.sdp").as("sdp imports nothing of PureRTC");

  static final ArchRule UTIL_KNOWS_NOTHING =
      seesOnly("org.purertc.internal.util").as("util imports nothing of PureRTC");

  static final ArchRule JSEP_KNOWS_DESCRIPTIONS_ONLY =
      seesOnly("org.purertc.internal.jsep", "org.purertc.sdp", "org.purertc.internal.util")
          .as("jsep imports sdp and util only");

  static final ArchRule SCTP_KNOWS_UTIL_ONLY =
      seesOnly("org.purertc.internal.sctp", "org.purertc.internal.util")
          .as("sctp imports util only");

  static final ArchRule SCTP_PACKET_KNOWS_UTIL_ONLY =
      seesOnly("org.purertc.internal.sctp.packet", "org.purertc.internal.util")
          .as("sctp.packet imports util only");

  static final ArchRule SCTP_HALVES_DO_NOT_MEET =
      noClasses()
          .that()
          .resideInAPackage("org.purertc.internal.sctp.rx..")
          .should()
          .dependOnClassesThat(resideInAPackage("org.purertc.internal.sctp.tx.."))
          .as("sctp.rx never sees sctp.tx");

  static final ArchRule SCTP_HALVES_DO_NOT_MEET_EITHER =
      noClasses()
          .that()
          .resideInAPackage("org.purertc.internal.sctp.tx..")
          .should()
          .dependOnClassesThat(resideInAPackage("org.purertc.internal.sctp.rx.."))
          .as("sctp.tx never sees sctp.rx");

  static final ArchRule DATA_CHANNELS_KNOW_UTIL_ONLY =
      seesOnly("org.purertc.internal.datachannel", "org.purertc.internal.util")
          .as("datachannel imports util only");

  static final ArchRule RTP_KNOWS_UTIL_AND_SDP_ONLY =
      seesOnly("org.purertc.internal.rtp", "org.purertc.internal.util", "org.purertc.sdp")
          .as("rtp imports util and sdp only; never media, peer or jsep");

  static final ArchRule RTCP_KNOWS_UTIL_ONLY =
      seesOnly("org.purertc.internal.rtp.rtcp", "org.purertc.internal.util")
          .as("rtp.rtcp imports util only");

  static final ArchRule FORMATS_KNOW_UTIL_AND_SDP_ONLY =
      seesOnly("org.purertc.internal.rtp.format", "org.purertc.internal.util", "org.purertc.sdp")
          .as("rtp.format imports util and sdp only");

  static final ArchRule JITTER_KNOWS_FORMATS_ONLY =
      seesOnly(
              "org.purertc.internal.rtp.jitter",
              "org.purertc.internal.rtp.format",
              "org.purertc.internal.util")
          .as("rtp.jitter imports rtp.format and util only");

  static final ArchRule CONGESTION_CONTROL_KNOWS_RTCP_ONLY =
      seesOnly(
              "org.purertc.internal.rtp.cc",
              "org.purertc.internal.rtp.rtcp",
              "org.purertc.internal.util")
          .as("rtp.cc imports rtp.rtcp and util only");

  static final ArchRule MEDIA_KNOWS_NO_TRANSPORT =
      seesOnly(
              "org.purertc.internal.media",
              "org.purertc.internal.jsep",
              "org.purertc.internal.rtp",
              "org.purertc.internal.stats",
              "org.purertc.internal.util",
              "org.purertc.sdp")
          .as("media imports jsep, rtp, stats, util and sdp only");

  static final ArchRule STATISTICS_KNOW_NOTHING =
      seesOnly("org.purertc.internal.stats").as("stats imports nothing of PureRTC");

  static final ArchRule LEAVES_ARE_LEAVES =
      noClasses()
          .that()
          .resideInAnyPackage("org.purertc.ice..", "org.purertc.dtls..", "org.purertc.srtp..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.purertc", "org.purertc.sdp..", "org.purertc.internal.."))
          .as("ice, dtls and srtp do not know core");

  static final ArchRule ONLY_ICE_OPENS_SOCKETS =
      noClasses()
          .that(residesOutside("org.purertc.ice", "org.purertc.samples", "org.purertc.interop"))
          .should()
          .dependOnClassesThat(
              resideInAPackage("java.nio.channels..")
                  .or(
                      named(
                          "java.net.Socket",
                          "java.net.ServerSocket",
                          "java.net.DatagramSocket",
                          "java.net.MulticastSocket")))
          .as("only ice opens sockets");

  static final ArchRule ONLY_DTLS_SEES_BOUNCYCASTLE =
      noClasses()
          .that(residesOutside("org.purertc.dtls.internal", "org.purertc.samples.tls"))
          .should()
          .dependOnClassesThat(resideInAPackage("org.bouncycastle.."))
          .as("of the library, only dtls.internal sees BouncyCastle");

  static final ArchRule ONLY_SRTP_SEES_JITSI_SRTP =
      noClasses()
          .that(residesOutside("org.purertc.srtp.internal"))
          .should()
          .dependOnClassesThat(resideInAPackage("org.jitsi.srtp.."))
          .as("only srtp.internal sees jitsi-srtp");

  static final ArchRule ONLY_THE_CODEC_SEES_ICE4J =
      noClasses()
          .that(residesOutside("org.purertc.ice.internal"))
          .should()
          .dependOnClassesThat(resideInAPackage("org.ice4j.."))
          .as("only ice.internal sees ice4j");

  static final ArchRule ICE4J_IS_A_CODEC =
      noClasses()
          .that()
          .resideInAPackage("org.purertc..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.ice4j..")
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage(
                              "org.ice4j", "org.ice4j.message", "org.ice4j.attribute"))))
          .as("of ice4j only the messages and attributes are used")
          .allowEmptyShould(true);

  static final ArchRule NO_FOREIGN_INTERNALS =
      noClasses()
          .that(residesOutside("org.purertc.ice"))
          .should()
          .dependOnClassesThat(resideInAPackage("org.purertc.ice.internal.."))
          .as("nobody uses the internals of ice");

  static final ArchRule NO_FOREIGN_INTERNALS_OF_DTLS =
      noClasses()
          .that(residesOutside("org.purertc.dtls"))
          .should()
          .dependOnClassesThat(resideInAPackage("org.purertc.dtls.internal.."))
          .as("nobody uses the internals of dtls");

  static final ArchRule NO_FOREIGN_INTERNALS_OF_SRTP =
      noClasses()
          .that(residesOutside("org.purertc.srtp"))
          .should()
          .dependOnClassesThat(resideInAPackage("org.purertc.srtp.internal.."))
          .as("nobody uses the internals of srtp");

  static final ArchRule SAMPLES_USE_THE_PUBLIC_API =
      noClasses()
          .that()
          .resideInAPackage("org.purertc.samples..")
          .should()
          .dependOnClassesThat(INTERNALS)
          .as("samples use the public API only");

  /** Native code: the rival that is measured and talked to. */
  static final ArchRule ONLY_BENCH_SEES_LIBWEBRTC =
      noClasses()
          .that(residesOutside("org.purertc.bench.libwebrtc"))
          .should()
          .dependOnClassesThat(resideInAPackage("dev.onvoid.."))
          .as("only bench sees libwebrtc");

  static final ArchRule NOBODY_NEEDS_BENCH =
      noClasses()
          .that(residesOutside("org.purertc.bench", "org.purertc.interop"))
          .should()
          .dependOnClassesThat(resideInAPackage("org.purertc.bench.."))
          .as("no product class knows bench");

  static final ArchRule BENCH_USES_THE_PUBLIC_API =
      noClasses()
          .that()
          .resideInAPackage("org.purertc.bench..")
          .should()
          .dependOnClassesThat(INTERNALS)
          .as("bench uses the public API only; its JMH benchmarks are tests");

  static final List<ArchRule> ALL =
      List.of(
          NO_PACKAGE_CYCLES,
          MACHINES_KNOW_NO_OUTSIDE_WORLD,
          INTERNAL_NEVER_SEES_THE_API,
          SDP_KNOWS_NOTHING,
          UTIL_KNOWS_NOTHING,
          JSEP_KNOWS_DESCRIPTIONS_ONLY,
          SCTP_KNOWS_UTIL_ONLY,
          SCTP_PACKET_KNOWS_UTIL_ONLY,
          SCTP_HALVES_DO_NOT_MEET,
          SCTP_HALVES_DO_NOT_MEET_EITHER,
          DATA_CHANNELS_KNOW_UTIL_ONLY,
          RTP_KNOWS_UTIL_AND_SDP_ONLY,
          RTCP_KNOWS_UTIL_ONLY,
          FORMATS_KNOW_UTIL_AND_SDP_ONLY,
          JITTER_KNOWS_FORMATS_ONLY,
          CONGESTION_CONTROL_KNOWS_RTCP_ONLY,
          MEDIA_KNOWS_NO_TRANSPORT,
          STATISTICS_KNOW_NOTHING,
          LEAVES_ARE_LEAVES,
          ONLY_ICE_OPENS_SOCKETS,
          ONLY_DTLS_SEES_BOUNCYCASTLE,
          ONLY_SRTP_SEES_JITSI_SRTP,
          ONLY_THE_CODEC_SEES_ICE4J,
          ICE4J_IS_A_CODEC,
          NO_FOREIGN_INTERNALS,
          NO_FOREIGN_INTERNALS_OF_DTLS,
          NO_FOREIGN_INTERNALS_OF_SRTP,
          SAMPLES_USE_THE_PUBLIC_API,
          ONLY_BENCH_SEES_LIBWEBRTC,
          NOBODY_NEEDS_BENCH,
          BENCH_USES_THE_PUBLIC_API);

  /**
   * @param rooms what it may import of PureRTC besides itself, with all that is below
   */
  private static ArchRule seesOnly(String room, String... rooms) {
    List<String> allowed = new ArrayList<>(List.of(rooms));
    allowed.add(room);
    return noClasses()
        .that()
        .resideInAPackage(room + "..")
        .should()
        .dependOnClassesThat(ofPureRtcOutside(allowed.toArray(new String[0])));
  }

  private static DescribedPredicate<JavaClass> ofPureRtcOutside(String... packages) {
    return DescribedPredicate.describe(
        "of PureRTC outside " + List.of(packages),
        type -> isIn(type, "org.purertc") && !isInAny(type, packages));
  }

  private static DescribedPredicate<JavaClass> residesOutside(String... packages) {
    return DescribedPredicate.describe(
        "reside outside " + List.of(packages), type -> !isInAny(type, packages));
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    Set<String> wanted = Set.of(names);
    return DescribedPredicate.describe(
        "named " + wanted, type -> wanted.contains(type.getFullName()));
  }

  private static boolean isInAny(JavaClass type, String... packages) {
    for (String name : packages) {
      if (isIn(type, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(JavaClass type, String name) {
    String own = type.getPackageName();
    return own.equals(name) || own.startsWith(name + ".");
  }

  private static ArchCondition<JavaClass> readAClock() {
    return new ArchCondition<>("read a clock") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
          AccessTarget target = access.getTarget();
          boolean clock = CLOCKS.contains(target.getOwner().getFullName() + "." + target.getName());
          if (clock) {
            events.add(SimpleConditionEvent.satisfied(type, access.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> synchronize() {
    return new ArchCondition<>("have synchronized methods") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getMethods().stream()
            .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
            .forEach(
                method ->
                    events.add(SimpleConditionEvent.satisfied(type, method.getDescription())));
      }
    };
  }
}
