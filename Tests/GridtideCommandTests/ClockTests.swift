import Foundation
import Testing

extension CommandTests {
    /// Clocks that are set, and machines that sleep, change no run and end none.
    @Suite struct ClockTests {
        /// Stands before the C library: with each look at the time of day it is set by a day back or forth, and with each
        /// look at a clock of `SHIM_CLOCKS` the machine has slept for an hour.
        private static let shim = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <stdlib.h>
            #include <string.h>
            #include <sys/time.h>
            #include <time.h>
            static _Atomic long looks;
            int clock_gettime(clockid_t id, struct timespec *now) {
                int (*look)(clockid_t, struct timespec *) = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
                int status = look(id, now);
                const char *clocks = getenv("SHIM_CLOCKS");
                if (id == CLOCK_REALTIME) now->tv_sec += looks++ % 2 ? 86400 : -86400;
                else if (clocks && strchr(clocks, '0' + id)) now->tv_sec += 3600 * looks++;
                return status;
            }
            int gettimeofday(struct timeval *restrict now, void *restrict zone) {
                struct timespec time;
                int status = clock_gettime(CLOCK_REALTIME, &time);
                now->tv_sec = time.tv_sec;
                now->tv_usec = time.tv_nsec / 1000;
                return status;
            }
            time_t time(time_t *place) {
                struct timespec time;
                clock_gettime(CLOCK_REALTIME, &time);
                if (place) *place = time.tv_sec;
                return time.tv_sec;
            }
            """

        #if os(Linux)
            /// On Linux clock 7 runs on while the machine sleeps and clock 1 stands still. That a leap of the latter ends the
            /// run is the control: what is put before the C library is heard.
            @Test(arguments: [("7", Int32(0)), ("1", 4)])
            func aMachineThatSleepsEndsNoRun(clocks: String, status: Int32) async throws {
                let sandbox = try Sandbox()
                try sandbox.write(Self.shim, to: "shim.c")
                let built = try await sandbox.shell("cc -shared -fPIC -o shim.so shim.c -ldl")
                if built.status == 127 { return print("skipped, since there is no C compiler: \(#function)") }
                try #require(built.status == 0, "\(built.notes)")
                let result = try await sandbox.shell(
                    "SHIM_CLOCKS=\(clocks) LD_PRELOAD=$PWD/shim.so gridtide run Scenarios/two-region --no-baseline -q")
                #expect(result.status == status, "\(result.notes)")
                guard status == 0 else { return }
                #expect(result.output.value(of: "digest") == (try await sandbox.run("--in-process", "--no-baseline")))
            }
        #endif
    }
}
