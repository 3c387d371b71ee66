internal import InferencePlacement

/// A bidding zone or balancing area that importers know: where it is, and which cloud region stands for it.
struct KnownZone: Sendable {
    /// Identifiers, as Electricity Maps and the 2024 regional series write them.
    let names: [String]
    /// The city that stands for its load, for people.
    let city: String
    /// Country, ISO 3166-1.
    let country: String
    /// Location of the city.
    let location: Location
    /// Azure regions, the best first. Those in the zone need no detour.
    let inside: [String]
    /// Azure regions of another known zone that stand for it where the matrix has none inside.
    let nearby: [String]

    /// The bloc for legal masks, nil outside the EU.
    var bloc: String? { KnownZone.europeanUnion.contains(country) ? "EU" : nil }

    private static let europeanUnion: Set<String> = [
        "DE", "FR", "NL", "SE", "IE", "PL", "IT", "ES", "BE", "AT", "DK", "FI",
    ]

    /// The zone of an identifier.
    static func named(_ name: String) -> KnownZone? { all.first { $0.names.contains(name) } }

    /// The zones. Cities and coordinates are common knowledge to a tenth of a degree; which Azure region lies where is
    /// stated in https://learn.microsoft.com/azure/reliability/regions-list. Virginia, home of East US, is in PJM; San
    /// Antonio, home of South Central US, in ERCOT; West US is in California; Pune, home of Central India, in the
    /// western grid of India.
    static let all: [KnownZone] = [
        .init("AU-NSW", "Sydney", "AU", -33.9, 151.2, ["Australia East"], ["Australia Southeast"]),
        .init("AU-VIC", "Melbourne", "AU", -37.8, 145.0, ["Australia Southeast"], ["Australia East"]),
        .init("BR-SP BR-CS", "São Paulo", "BR", -23.6, -46.6, ["Brazil South"], []),
        .init("CA-ON", "Toronto", "CA", 43.7, -79.4, ["Canada Central"], []),
        .init("CL-SIC CL-SEN", "Santiago", "CL", -33.4, -70.7, ["Chile Central"], ["Brazil South"]),
        .init("DE-LU DE", "Frankfurt", "DE", 50.1, 8.7, ["Germany West Central", "Germany North"], ["West Europe"]),
        .init("JP-TK", "Tokyo", "JP", 35.7, 139.8, ["Japan East"], ["Japan West"]),
        .init("KR", "Seoul", "KR", 37.6, 127.0, ["Korea Central", "Korea South"], []),
        .init("SG", "Singapore", "SG", 1.3, 103.8, ["Southeast Asia"], []),
        .init("US-CAL-CISO", "San Francisco", "US", 37.8, -122.4, ["West US"], []),
        .init("US-MIDA-PJM", "Ashburn", "US", 39.0, -77.5, ["East US", "East US 2"], []),
        .init("US-NY-NYIS", "New York", "US", 40.7, -74.0, [], ["East US", "East US 2"]),
        .init("US-TEX-ERCO", "San Antonio", "US", 29.4, -98.5, ["South Central US"], []),
        .init("ZA", "Johannesburg", "ZA", -26.2, 28.0, ["South Africa North", "South Africa West"], []),
        .init("IN-WE", "Pune", "IN", 18.5, 73.9, ["Central India"], []),
        .init("FR", "Paris", "FR", 48.9, 2.4, ["France Central", "France South"], []),
        .init("GB", "London", "GB", 51.5, -0.1, ["UK South", "UK West"], []),
        .init("NL", "Amsterdam", "NL", 52.4, 4.9, ["West Europe"], []),
        .init("IE", "Dublin", "IE", 53.3, -6.3, ["North Europe"], []),
        .init("SE-SE3", "Gävle", "SE", 60.7, 17.1, ["Sweden Central"], []),
        .init("NO-NO1", "Oslo", "NO", 59.9, 10.8, ["Norway East"], []),
        .init("PL", "Warsaw", "PL", 52.2, 21.0, ["Poland Central"], []),
        .init("IT-NO", "Milan", "IT", 45.5, 9.2, ["Italy North"], []),
        .init("ES", "Madrid", "ES", 40.4, -3.7, ["Spain Central"], []),
        .init("CH", "Zürich", "CH", 47.4, 8.5, ["Switzerland North", "Switzerland West"], []),
        .init("JP-KN", "Osaka", "JP", 34.7, 135.5, ["Japan West"], []),
        .init("US-MIDW-MISO", "Des Moines", "US", 41.6, -93.6, ["Central US"], []),
    ]

    private init(
        _ names: String, _ city: String, _ country: String, _ latitude: Double, _ longitude: Double, _ inside: [String],
        _ nearby: [String]
    ) {
        self.names = names.split(separator: " ").map(String.init)
        self.city = city
        self.country = country
        location = Location(latitudeDegrees: latitude, longitudeDegrees: longitude)
        self.inside = inside
        self.nearby = nearby
    }
}
