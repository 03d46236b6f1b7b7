/**
 * One case a line: seller, buyer, item, then what comes of a net price of 100.00: reason, rate code, category, tax in minor units.
 *
 * Sellers are named in `decision-table.spec.ts`. Buyers: country, `-region`, `:postcode`, then what is known of the VAT id:
 * `+` confirmed, `~` confirmed lately, `=` only well-formed, `-` refused, `?` no answer, `!` a business that gave none,
 * `c` a consumer in spite of a confirmed VAT id. `>` and a place: shipped there.
 */
export const DECISION_CASES = `
# rows 8 and 9: at home
DE          DE              digital_service => domestic DE_STANDARD S 1900
DE          DE              goods           => domestic DE_STANDARD S 1900
DE          DE              goods/reduced   => domestic DE_REDUCED S 700
DE          DE              goods/DE_REDUCED => domestic DE_REDUCED S 700
DE          DE              goods/zero      => domestic DE_ZERO Z 0
DE          DE              service         => domestic DE_STANDARD S 1900
DE          DE              shipping        => domestic DE_STANDARD S 1900
DE          DE              virtual         => domestic DE_STANDARD S 1900
DE          DE              physical        => domestic DE_STANDARD S 1900
DE          DE              gift_card       => domestic DE_STANDARD S 1900
DE          DE+             service         => domestic DE_STANDARD S 1900
DE          DE+             service/rc      => domestic_reverse_charge REVERSE_CHARGE AE 0
DE          DE-             service/rc      => domestic DE_STANDARD S 1900
DE          DE?             service/rc      => domestic DE_STANDARD S 1900
FR          FR              goods           => domestic FR_STANDARD S 2000
FR          MC              goods           => domestic FR_STANDARD S 2000
GB          GB              goods           => domestic GB_STANDARD S 2000
GB          IM              goods           => domestic GB_STANDARD S 2000
GB          GB:BT1_1AA      goods           => domestic GB_STANDARD S 2000
GB          GB:JE2_4WF      goods           => outside_scope EXPORT O 0
GB          GB:GY1_1AA      digital_service => outside_scope EXPORT O 0
CH          CH              goods           => domestic CH_STANDARD S 810
CH          LI              goods           => domestic CH_STANDARD S 810
CH          CH              goods/reduced   => domestic CH_REDUCED S 260
NO          NO              goods           => domestic NO_STANDARD S 2500
PT          PT              goods           => domestic PT_STANDARD S 2300
PT          PT:9500-150     goods           => domestic PT_20_STANDARD S 1600
PT          PT-Madeira      goods           => domestic PT_30_STANDARD S 2200
# rows 10 and 11: businesses in other Member States
DE          AT+             goods           => intra_community_supply REVERSE_CHARGE K 0
DE          AT+             shipping        => intra_community_supply REVERSE_CHARGE K 0
DE          AT+             digital_service => reverse_charge REVERSE_CHARGE AE 0
DE          AT+             service         => reverse_charge REVERSE_CHARGE AE 0
DE          AT~             digital_service => reverse_charge REVERSE_CHARGE AE 0
DE          GR+             goods           => intra_community_supply REVERSE_CHARGE K 0
DE          AT+             goods/reduced   => intra_community_supply REVERSE_CHARGE K 0
FR          DE+             goods           => intra_community_supply REVERSE_CHARGE K 0
DE_OSS      AT=             digital_service => oss_union AT_STANDARD S 2000
DE_OSS      AT?             digital_service => oss_union AT_STANDARD S 2000
DE_OSS      AT-             digital_service => oss_union AT_STANDARD S 2000
DE_OSS      AT!             digital_service => oss_union AT_STANDARD S 2000
DE_OSS      ATc             digital_service => oss_union AT_STANDARD S 2000
DE_OSS      AT+>FR          goods           => intra_community_supply REVERSE_CHARGE K 0
DE_OSS      DE+>AT          goods           => oss_union AT_STANDARD S 2000
DE          GB:BT7_1NN+     goods           => intra_community_supply REVERSE_CHARGE K 0
DE          GB:BT7_1NN+     digital_service => service_outside_eu_b2b EXPORT O 0
XI          DE+             goods           => intra_community_supply REVERSE_CHARGE K 0
# row 12: registered in the buyer's state
DE_AT       AT              goods           => local_registration AT_STANDARD S 2000
DE_AT       AT              digital_service => local_registration AT_STANDARD S 2000
DE_AT       AT              goods/reduced   => local_registration AT_REDUCED S 1000
DE_AT       AT              service         => b2c_service_origin DE_STANDARD S 1900
DE_AT       AT+             goods           => intra_community_supply REVERSE_CHARGE K 0
# row 13: One-Stop-Shop
DE_OSS      FR              goods           => oss_union FR_STANDARD S 2000
DE_OSS      FR              shipping        => oss_union FR_STANDARD S 2000
DE_OSS      FR              goods/reduced_2 => oss_union FR_REDUCED_2 S 550
DE_OSS      FR              goods/DE_REDUCED => oss_union FR_REDUCED S 1000
DE_OSS      DK              goods/reduced   => oss_union DK_STANDARD S 2500
DE_OSS      HU              digital_service => oss_union HU_STANDARD S 2700
DE_OSS      LU              digital_service => oss_union LU_STANDARD S 1700
DE_OSS      GR              digital_service => oss_union GR_STANDARD S 2400
DE_OSS      EL              digital_service => oss_union GR_STANDARD S 2400
DE_OSS      SE              digital_service => oss_union SE_STANDARD S 2500
DE_OSS      IE              goods/zero      => oss_union IE_ZERO Z 0
DE_OSS      MC              digital_service => oss_union FR_STANDARD S 2000
DE_OSS      PT-20           digital_service => oss_union PT_20_STANDARD S 1600
DE_OSS      GB:BT1_5GS      goods           => oss_union XI_STANDARD S 2000
DE_OSS      XI              goods           => oss_union XI_STANDARD S 2000
DE_OSS      GB:BT1_5GS      digital_service => service_outside_eu_b2c EXPORT O 0
DE_OVER     FR              digital_service => oss_registration_missing FR_STANDARD S 2000
FR_OSS      DE              goods           => oss_union DE_STANDARD S 1900
XI_OSS      IE              goods           => oss_union IE_STANDARD S 2300
# row 14: below EUR 10,000
DE          FR              goods           => below_oss_threshold DE_STANDARD S 1900
DE          FR              digital_service => below_oss_threshold DE_STANDARD S 1900
DE          FR              goods/reduced   => below_oss_threshold DE_REDUCED S 700
DE          HU              digital_service => below_oss_threshold DE_STANDARD S 1900
# row 15: services that are not electronic
DE_OSS      FR              service         => b2c_service_origin DE_STANDARD S 1900
DE          FR              service         => b2c_service_origin DE_STANDARD S 1900
# rows 16 and 17: out of the EU
DE          CH              goods           => export_goods EXPORT G 0
DE          CH              digital_service => service_outside_eu_b2c EXPORT O 0
DE          CH!             digital_service => service_outside_eu_b2b EXPORT O 0
DE          CH              service         => service_outside_eu_b2c EXPORT O 0
DE          JP              goods           => export_goods EXPORT G 0
DE          GB              goods           => export_goods EXPORT G 0
DE          GB              digital_service => service_outside_eu_b2c EXPORT O 0
DE          CA-QC           goods           => export_goods EXPORT G 0
DE          CA              digital_service => service_outside_eu_b2c EXPORT O 0
DE          US-NY           goods           => export_goods EXPORT G 0
DE          US              digital_service => us_no_nexus EXPORT O 0
# places of Member States outside the EU's VAT area
DE_OSS      ES:35001        goods           => export_goods EXPORT G 0
DE_OSS      ES:38003        digital_service => service_outside_eu_b2c EXPORT O 0
DE_OSS      ES:51001        goods           => export_goods EXPORT G 0
DE_OSS      ES-Melilla      goods           => export_goods EXPORT G 0
DE_OSS      ES:28001        goods           => oss_union ES_STANDARD S 2100
DE_OSS      IT:23041        goods           => export_goods EXPORT G 0
DE_OSS      IT:22061        goods           => export_goods EXPORT G 0
DE_OSS      IT:00184        goods           => oss_union IT_STANDARD S 2200
DE          DE:78266        goods           => export_goods EXPORT G 0
DE          DE:27498        goods           => export_goods EXPORT G 0
DE          DE:D-27498      goods           => export_goods EXPORT G 0
DE_OSS      FI:22100        goods           => export_goods EXPORT G 0
DE_OSS      AX              goods           => export_goods EXPORT G 0
DE_OSS      FI:00100        goods           => oss_union FI_STANDARD S 2550
DE_OSS      GR:630_86       goods           => export_goods EXPORT G 0
DE_OSS      FR:97110        goods           => export_goods EXPORT G 0
DE_OSS      FR:97400        digital_service => service_outside_eu_b2c EXPORT O 0
DE_OSS      FR:98000        goods           => oss_union FR_STANDARD S 2000
DE_OSS      RE              goods           => export_goods EXPORT G 0
FR          FR:97100        goods           => export_goods EXPORT G 0
ES          ES:35001        goods           => export_goods EXPORT G 0
# row 7: registered outside the EU
DE_GB       GB              digital_service => local_registration GB_STANDARD S 2000
DE_GB       GB              goods           => local_registration GB_STANDARD S 2000
DE_GB       GB!             digital_service => foreign_reverse_charge REVERSE_CHARGE O 0
DE_GB       GB!             goods           => export_goods EXPORT G 0
DE_GB       GB              service         => service_outside_eu_b2c EXPORT O 0
DE_GB       IM              digital_service => local_registration GB_STANDARD S 2000
DE_GB       GB:JE2_4WF      digital_service => service_outside_eu_b2c EXPORT O 0
DE_CH       CH              digital_service => local_registration CH_STANDARD S 810
DE_CH       LI              digital_service => local_registration LI_STANDARD S 810
DE_CH       CH              goods           => export_goods EXPORT G 0
DE_CH       CH!             digital_service => foreign_reverse_charge REVERSE_CHARGE O 0
DE_NO       NO              digital_service => local_registration NO_STANDARD S 2500
US_GB       GB              digital_service => local_registration GB_STANDARD S 2000
# rows 4 and 5: United States
DE_TX       US-TX           digital_service => us_sales_tax US_TX_STANDARD S 625
DE_TX       US-TX           goods           => us_sales_tax US_TX_STANDARD S 625
DE_TX       US-Texas        goods           => us_sales_tax US_TX_STANDARD S 625
DE_TX       US:77001        goods           => us_sales_tax US_TX_STANDARD S 625
DE_TX       US:10001        goods           => export_goods EXPORT G 0
DE_TX       US-CA           digital_service => us_no_nexus EXPORT O 0
US_TX       US-TX           goods           => us_sales_tax US_TX_STANDARD S 625
US_TX       US-NY           goods           => us_no_nexus ZERO_RATED O 0
US_CA       US-CA           digital_service => us_digital_not_taxable EXEMPT O 0
US_CA       US-CA           goods           => us_sales_tax US_CA_STANDARD S 725
US_OR       US-OR           goods           => us_sales_tax US_OR_STANDARD Z 0
US_HOME     US-WA           goods           => us_sales_tax US_WA_STANDARD S 650
US_PR       PR              goods           => us_sales_tax US_PR_STANDARD S 1050
# row 6: Canada
CA_QC       CA-QC           digital_service => canada CA_QC S 1498
CA_QC       CA-QUÉBEC       digital_service => canada CA_QC S 1498
CA_QC       CA:H2Y_1C6      digital_service => canada CA_QC S 1498
CA_QC       CA-ON           goods           => canada CA_ON_HST S 1300
CA_QC       CA-BC           goods           => canada CA_BC_GST S 500
CA_BC       CA-BC           goods           => canada CA_BC S 1200
CA_QC       CA-AB           goods           => canada CA_AB_GST S 500
CA_QC       CA:X0A_0H0      goods           => canada CA_NU_GST S 500
DE_CA       CA-NS           digital_service => canada CA_NS_HST S 1400
CA_QC       US-NY           goods           => us_no_nexus EXPORT O 0
CA_QC       FR              goods           => import_vat_at_customs EXPORT O 0
# rows 18 to 21: into the EU
US          DE+             digital_service => reverse_charge REVERSE_CHARGE AE 0
US          DE+             goods           => reverse_charge REVERSE_CHARGE AE 0
US_OSS      FR              digital_service => oss_non_union FR_STANDARD S 2000
US          FR              digital_service => registration_missing EXPORT O 0
US_FR       FR              digital_service => local_registration FR_STANDARD S 2000
US          FR              service         => outside_scope EXPORT O 0
US_IOSS     DE              goods           => ioss DE_STANDARD S 1900
US_IOSS     DE              shipping        => ioss DE_STANDARD S 1900
US_IOSS     FR              goods/reduced   => ioss FR_REDUCED S 1000
US          DE              goods           => import_vat_at_customs EXPORT O 0
GB          DE              goods           => import_vat_at_customs EXPORT O 0
GB          DE+             digital_service => reverse_charge REVERSE_CHARGE AE 0
CH          AT              goods           => import_vat_at_customs EXPORT O 0
CH          JP              goods           => outside_scope EXPORT O 0
US_IOSS     XI              goods           => ioss XI_STANDARD S 2000
# row 3: small businesses
DE_SMALL    DE              goods           => small_business SMALL_BUSINESS E 0
DE_SMALL    FR              digital_service => small_business SMALL_BUSINESS E 0
DE_SMALL    FR              service         => small_business SMALL_BUSINESS E 0
DE_SMALL    FR+             digital_service => reverse_charge REVERSE_CHARGE AE 0
DE_SMALL    CH              goods           => export_goods EXPORT G 0
# rows 1 and 2
DE          DE              goods/7%        => manual_override MANUAL S 700
DE          FR+             goods/0%        => manual_override MANUAL Z 0
DE          DE/exempt       goods           => exempt_customer EXEMPT E 0
DE_OSS      FR/exempt       digital_service => exempt_customer EXEMPT E 0
DE          DE/exempt       goods/19%       => manual_override MANUAL S 1900
DE_OFF      DE              goods           => tax_disabled EXEMPT O 0
DE_OFF      DE              goods/19%       => manual_override MANUAL S 1900
`;
