internal import Foundation

/// Standard input, output and error as the program finds them.
enum StandardStreams {
    /// Makes sure that what happens to them ends no run and damages no file. Called before anything is opened.
    ///
    /// - A reader that has gone (`| head`) ends the output, not the run: SIGPIPE is ignored.
    /// - A file that reaches the limit of `ulimit -f` is an error like a full disk: SIGXFSZ is ignored.
    /// - Where one of the three was closed, the next file that is opened would get its number, and what is printed could end
    ///   up in a journal. So their numbers are taken: nothing can be read or printed there, and notes are dropped.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)] {
            // The lowest number that is free is the one that is missing.
            if fcntl(descriptor, F_GETFD) < 0 { _ = open("/dev/null", mode) }
        }
    }
}
