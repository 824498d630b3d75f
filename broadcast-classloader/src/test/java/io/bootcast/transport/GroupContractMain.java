package io.bootcast.transport;

/** A rank of a real MPI job that checks the contract. */
final class GroupContractMain {
    private static final int TIMEOUT_SECONDS = 50;

    private GroupContractMain() {}

    public static void main(String[] args) {
        try (Watchdog watchdog = new Watchdog(TIMEOUT_SECONDS, "contract");
                Transport transport = new OpenMpiTransport(/* threadLevel= */ 0, watchdog)) {
            GroupContract.check(transport);
            System.out.println("contract ok rank " + transport.world().rank() + " of "
                    + transport.world().size());
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
