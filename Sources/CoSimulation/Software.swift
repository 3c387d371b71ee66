/// This program.
public enum Software {
    /// Version of the program.
    public static let version = "0.1.0"
}
