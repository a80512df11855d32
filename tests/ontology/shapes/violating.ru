# How to break each shape: an update of conforming.ttl below the shape and constraint that it breaks.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
PREFIX eco: <https://w3id.org/ecoduct/ontology#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>
PREFIX wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#>
PREFIX : <https://w3id.org/ecoduct/>

## label MinCount
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> rdfs:label ?o }

## label Pattern
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> rdfs:label ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> rdfs:label " " }

## label NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/place/jura-mountains> rdfs:label ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> rdfs:label :x }

## title MaxCount
INSERT DATA { <https://w3id.org/ecoduct/case-study/d> dcterms:title "Another" }

## title MinCount
DELETE WHERE { <https://w3id.org/ecoduct/case-study/d> dcterms:title ?o }

## title NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/case-study/d> dcterms:title ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/case-study/d> dcterms:title :x }

## identifier MinCount
DELETE WHERE { <https://w3id.org/ecoduct/case-study/d> dcterms:identifier ?o }

## identifier MaxCount
INSERT DATA { <https://w3id.org/ecoduct/case-study/d> dcterms:identifier "e" }

## identifier Datatype
DELETE WHERE { <https://w3id.org/ecoduct/case-study/d> dcterms:identifier ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/case-study/d> dcterms:identifier "d"@en }

## language Pattern
DELETE WHERE { <https://w3id.org/ecoduct/case-study/d> dcterms:language ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/case-study/d> dcterms:language "English" }

## language MinCount
DELETE WHERE { <https://w3id.org/ecoduct/case-study/d> dcterms:language ?o }

## language MaxCount
INSERT DATA { <https://w3id.org/ecoduct/case-study/d> dcterms:language "fr" }

## displayRight In
DELETE WHERE { <https://w3id.org/ecoduct/case-study/d> eco:displayRight ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/case-study/d> eco:displayRight "all" }

## displayRight MinCount
DELETE WHERE { <https://w3id.org/ecoduct/case-study/d> eco:displayRight ?o }

## displayRight MaxCount
INSERT DATA { <https://w3id.org/ecoduct/case-study/d> eco:displayRight "none" }

## textChecksum Pattern
DELETE WHERE { <https://w3id.org/ecoduct/case-study/d> eco:textChecksum ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/case-study/d> eco:textChecksum "md5:1" }

## textChecksum MinCount
DELETE WHERE { <https://w3id.org/ecoduct/case-study/d> eco:textChecksum ?o }

## textChecksum MaxCount
INSERT DATA { <https://w3id.org/ecoduct/case-study/d> eco:textChecksum "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" }

## sourceChecksum Pattern
DELETE WHERE { <https://w3id.org/ecoduct/document/d> eco:sourceChecksum ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/document/d> eco:sourceChecksum "sha256:xyz" }

## describes MinCount
DELETE WHERE { <https://w3id.org/ecoduct/case-study/d> eco:describes ?o }

## describes Class
DELETE WHERE { <https://w3id.org/ecoduct/case-study/d> eco:describes ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/case-study/d> eco:describes <https://w3id.org/ecoduct/taxon/lynx-lynx> }

## describedIn MinCount
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:describedIn ?o }

## describedIn Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:describedIn ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:describedIn :nothing }

## page NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> foaf:page ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> foaf:page "https://panorama.solutions/" }

## Mention Closed
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1> rdfs:comment "?" }

## EvidenceSentence Closed
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/s0-17> eco:confidence 0.5 }

## SpecificResource Closed
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#target> rdfs:label "x" }

## PositionSelector Closed
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:exact "x" }

## QuoteSelector Closed
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#quote> oa:start 1 }

## Assertion Closed
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> rdfs:label "x" }

## mentionBody MaxCount
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1> oa:hasBody <https://w3id.org/ecoduct/taxon/lynx> }

## mentionBody NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1> oa:hasBody ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1> oa:hasBody "lynx" }

## target MinCount
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1> oa:hasTarget ?o }

## target MaxCount
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1> oa:hasTarget <https://w3id.org/ecoduct/annotation/d/s0-17#target> }

## target Class
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1> oa:hasTarget ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1> oa:hasTarget <https://w3id.org/ecoduct/case-study/d> }

## confidence MinCount
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:confidence ?o }

## confidence MaxCount
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:confidence 0.1 }

## confidence Datatype
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:confidence ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:confidence 1 }

## confidence MaxInclusive
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1> eco:confidence ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1> eco:confidence 1.5 }

## confidence MinInclusive
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1> eco:confidence ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1> eco:confidence "-0.1"^^<http://www.w3.org/2001/XMLSchema#decimal> }

## rule MinCount
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:rule ?o }

## rule Datatype
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:rule ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:rule "x"@en }

## rule Pattern
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:rule ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:rule "" }

## mentionKind MinCount
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1> eco:mentionKind ?o }

## mentionKind MaxCount
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1> eco:mentionKind "place" }

## mentionKind In
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1> eco:mentionKind ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1> eco:mentionKind "animal" }

## mentionStatus MaxCount
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1> eco:assertionStatus eco:planned }

## mentionStatus In
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1> eco:assertionStatus ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1> eco:assertionStatus eco:maybe }

## motivation MinCount
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/s0-17> oa:motivatedBy ?o }

## motivation HasValue
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/s0-17> oa:motivatedBy ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/s0-17> oa:motivatedBy oa:tagging }

## targetSource MinCount
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#target> oa:hasSource ?o }

## targetSource MaxCount
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#target> oa:hasSource :case-study-e }

## targetSource Class
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#target> oa:hasSource ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#target> oa:hasSource <https://w3id.org/ecoduct/solution/s> }

## selector MinCount
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#target> oa:hasSelector ?o }

## selector MaxCount
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#target> oa:hasSelector <https://w3id.org/ecoduct/annotation/d/s0-17#position> }

## selector Or
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#target> oa:hasSelector ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#target> oa:hasSelector <https://w3id.org/ecoduct/case-study/d> }

## start MinCount
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:start ?o }

## start MaxCount
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:start 5 }

## start Datatype
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:start ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:start "4" }

## start MinInclusive
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:start ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:start "-1"^^<http://www.w3.org/2001/XMLSchema#integer> }

## start LessThan
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:start ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:start 8 }

## end MinCount
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:end ?o }

## end MaxCount
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:end 9 }

## end Datatype
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:end ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#position> oa:end 8.5 }

## exact MinCount
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#quote> oa:exact ?o }

## exact MaxCount
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#quote> oa:exact "lion" }

## exact Datatype
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#quote> oa:exact ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#quote> oa:exact "lynx"@en }

## prefix MaxCount
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#quote> oa:prefix "A " }

## prefix Datatype
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#quote> oa:prefix ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#quote> oa:prefix 1 }

## suffix MaxCount
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#quote> oa:suffix "." }

## suffix Datatype
DELETE WHERE { <https://w3id.org/ecoduct/annotation/d/m1#quote> oa:suffix ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/annotation/d/m1#quote> oa:suffix 1 }

## Assertion Or
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> prov:wasDerivedFrom ?o }

## assertedSubject MinCount
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedSubject ?o }

## assertedPredicate MinCount
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedPredicate ?o }

## assertedObject MinCount
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedObject ?o }

## assertedIn MinCount
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedIn ?o }

## assertedSubject MaxCount
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedSubject <https://w3id.org/ecoduct/taxon/lynx-lynx> }

## assertedSubject NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedSubject ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedSubject "s" }

## assertedPredicate MaxCount
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedPredicate eco:mentionsTaxon }

## assertedPredicate In
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedPredicate ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedPredicate rdfs:label }

## assertedObject MaxCount
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedObject <https://w3id.org/ecoduct/taxon/lynx> }

## assertedObject NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedObject ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedObject "lynx" }

## assertedIn MaxCount
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedIn :x }

## assertedIn Class
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedIn ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:assertedIn <https://w3id.org/ecoduct/solution/s> }

## assertionStatus MinCount
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:assertionStatus ?o }

## assertionStatus MaxCount
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:assertionStatus eco:negated }

## assertionStatus In
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:assertionStatus ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:assertionStatus "affirmed" }

## basis MinCount
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:basis ?o }

## basis MaxCount
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:basis eco:inferred }

## basis In
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> eco:basis ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:basis eco:guessed }

## derivedFrom Or
DELETE WHERE { <https://w3id.org/ecoduct/assertion/d/1> prov:wasDerivedFrom ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> prov:wasDerivedFrom <https://w3id.org/ecoduct/case-study/d> }

## focalTaxon Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:focalTaxon ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:focalTaxon <https://w3id.org/ecoduct/nothing> }

## focalTaxonUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:focalTaxon <https://w3id.org/ecoduct/solution/s> }

## mentionsTaxon Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:mentionsTaxon ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:mentionsTaxon <https://w3id.org/ecoduct/nothing> }

## mentionsTaxonUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:mentionsTaxon <https://w3id.org/ecoduct/solution/s> }

## addressesThreat Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:addressesThreat ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:addressesThreat <https://w3id.org/ecoduct/threat/4.99> }

## addressesThreatUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:addressesThreat <https://w3id.org/ecoduct/solution/s> }

## addressesStress Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:addressesStress ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:addressesStress <https://w3id.org/ecoduct/stress/9> }

## addressesStressUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:addressesStress <https://w3id.org/ecoduct/solution/s> }

## usesIntervention Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:usesIntervention ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:usesIntervention <https://w3id.org/ecoduct/intervention/99> }

## usesInterventionUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:usesIntervention <https://w3id.org/ecoduct/solution/s> }

## implementedBy Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:implementedBy ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:implementedBy <https://w3id.org/ecoduct/nothing> }

## implementedByUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:implementedBy <https://w3id.org/ecoduct/solution/s> }

## hasPartner Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:hasPartner ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:hasPartner <https://w3id.org/ecoduct/nothing> }

## hasPartnerUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:hasPartner <https://w3id.org/ecoduct/solution/s> }

## fundedBy Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:fundedBy ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:fundedBy <https://w3id.org/ecoduct/nothing> }

## fundedByUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:fundedBy <https://w3id.org/ecoduct/solution/s> }

## hasBeneficiary Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:hasBeneficiary ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:hasBeneficiary <https://w3id.org/ecoduct/nothing> }

## hasBeneficiaryUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:hasBeneficiary <https://w3id.org/ecoduct/solution/s> }

## hasTargetGroup Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:hasTargetGroup ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:hasTargetGroup <https://w3id.org/ecoduct/nothing> }

## hasTargetGroupUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:hasTargetGroup <https://w3id.org/ecoduct/solution/s> }

## hasContributor Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:hasContributor ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:hasContributor <https://w3id.org/ecoduct/nothing> }

## hasContributorUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:hasContributor <https://w3id.org/ecoduct/solution/s> }

## takesPlaceIn Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:takesPlaceIn ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:takesPlaceIn <https://w3id.org/ecoduct/nothing> }

## takesPlaceInUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:takesPlaceIn <https://w3id.org/ecoduct/solution/s> }

## takesPlaceInCountry Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:takesPlaceInCountry ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:takesPlaceInCountry <https://w3id.org/ecoduct/place/jura-mountains> }

## takesPlaceInCountryUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:takesPlaceInCountry <https://w3id.org/ecoduct/solution/s> }

## contributesToTarget Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:contributesToTarget ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:contributesToTarget <https://w3id.org/ecoduct/kmgbf/24> }

## contributesToTargetUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:contributesToTarget <https://w3id.org/ecoduct/solution/s> }

## contributesToSDG Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:contributesToSDG ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:contributesToSDG <https://w3id.org/ecoduct/sdg/18> }

## contributesToSDGUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:contributesToSDG <https://w3id.org/ecoduct/solution/s> }

## relevantToInstrument Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:relevantToInstrument ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:relevantToInstrument <https://w3id.org/ecoduct/cms/none> }

## relevantToInstrumentUse Class
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:relevantToInstrument <https://w3id.org/ecoduct/solution/s> }

## hasQuantity Class
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:hasQuantity ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:hasQuantity <https://w3id.org/ecoduct/nothing> }

## hasQuantityUse Or
INSERT DATA { <https://w3id.org/ecoduct/nowhere> eco:hasQuantity <https://w3id.org/ecoduct/solution/s> }

## carriedOutUnder Or
DELETE WHERE { <https://w3id.org/ecoduct/solution/s> eco:carriedOutUnder ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:carriedOutUnder <https://w3id.org/ecoduct/place/jura-mountains> }

## carriedOutUnderUse Class
INSERT DATA { <https://w3id.org/ecoduct/taxon/lynx-lynx> eco:carriedOutUnder <https://w3id.org/ecoduct/project/p> }

## threatens Or
DELETE WHERE { <https://w3id.org/ecoduct/threat/4.1> eco:threatens ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/threat/4.1> eco:threatens <https://w3id.org/ecoduct/actor/a> }

## threatensUse Class
INSERT DATA { <https://w3id.org/ecoduct/taxon/lynx-lynx> eco:threatens <https://w3id.org/ecoduct/taxon/lynx> }

## occursIn Class
DELETE WHERE { <https://w3id.org/ecoduct/taxon/lynx-lynx> eco:occursIn ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/taxon/lynx-lynx> eco:occursIn <https://w3id.org/ecoduct/actor/a> }

## occursInUse Class
INSERT DATA { <https://w3id.org/ecoduct/actor/a> eco:occursIn <https://w3id.org/ecoduct/place/jura-mountains> }

## implements Class
DELETE WHERE { <https://w3id.org/ecoduct/actor/a> eco:implements ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/actor/a> eco:implements <https://w3id.org/ecoduct/threat/4.1> }

## implementsUse Class
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> eco:implements <https://w3id.org/ecoduct/intervention/6.5> }

## targetsTaxon Class
DELETE WHERE { <https://w3id.org/ecoduct/intervention/6.5> eco:targetsTaxon ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/intervention/6.5> eco:targetsTaxon <https://w3id.org/ecoduct/place/jura-mountains> }

## targetsTaxonUse Class
INSERT DATA { <https://w3id.org/ecoduct/threat/4.1> eco:targetsTaxon <https://w3id.org/ecoduct/taxon/lynx-lynx> }

## targetsPlace Class
DELETE WHERE { <https://w3id.org/ecoduct/intervention/6.5> eco:targetsPlace ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/intervention/6.5> eco:targetsPlace <https://w3id.org/ecoduct/taxon/lynx-lynx> }

## targetsPlaceUse Class
INSERT DATA { <https://w3id.org/ecoduct/threat/4.1> eco:targetsPlace <https://w3id.org/ecoduct/place/jura-mountains> }

## partOf NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/place/jura-mountains> eco:partOf ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> eco:partOf "Switzerland" }

## Taxon Or
DELETE WHERE { <https://w3id.org/ecoduct/taxon/lynx> rdfs:label ?o }

## scientificName Pattern
DELETE WHERE { <https://w3id.org/ecoduct/taxon/lynx-lynx> dwc:scientificName ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/taxon/lynx-lynx> dwc:scientificName "lynx" }

## scientificName MaxCount
INSERT DATA { <https://w3id.org/ecoduct/taxon/lynx-lynx> dwc:scientificName "Felis lynx" }

## taxonRank MaxCount
INSERT DATA { <https://w3id.org/ecoduct/taxon/lynx-lynx> dwc:taxonRank "genus" }

## taxonRank NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/taxon/lynx-lynx> dwc:taxonRank ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/taxon/lynx-lynx> dwc:taxonRank :species }

## taxonBroader Class
DELETE WHERE { <https://w3id.org/ecoduct/taxon/lynx-lynx> skos:broader ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/taxon/lynx-lynx> skos:broader <https://w3id.org/ecoduct/place/jura-mountains> }

## placeType MaxCount
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> eco:placeType "region" }

## placeType Datatype
DELETE WHERE { <https://w3id.org/ecoduct/place/jura-mountains> eco:placeType ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> eco:placeType "mountains"@en }

## latitude MaxInclusive
DELETE WHERE { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:lat ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:lat 96.9 }

## latitude MinInclusive
DELETE WHERE { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:lat ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:lat "-96.9"^^<http://www.w3.org/2001/XMLSchema#decimal> }

## latitude Datatype
DELETE WHERE { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:lat ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:lat 46 }

## latitude MaxCount
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:lat 47.0 }

## longitude MaxInclusive
DELETE WHERE { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:long ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:long 186.5 }

## longitude MinInclusive
DELETE WHERE { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:long ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:long "-186.5"^^<http://www.w3.org/2001/XMLSchema#decimal> }

## longitude Datatype
DELETE WHERE { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:long ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:long "6.5" }

## longitude MaxCount
INSERT DATA { <https://w3id.org/ecoduct/place/jura-mountains> wgs84:long 7.0 }

## inCountry Class
DELETE WHERE { <https://w3id.org/ecoduct/actor/a> eco:inCountry ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/actor/a> eco:inCountry <https://w3id.org/ecoduct/place/jura-mountains> }

## inCountry NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/actor/a> eco:inCountry ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/actor/a> eco:inCountry "CH" }

## countryCode MinCount
DELETE WHERE { <https://w3id.org/ecoduct/place/ch> eco:countryCode ?o }

## countryCode MaxCount
INSERT DATA { <https://w3id.org/ecoduct/place/ch> eco:countryCode "FR" }

## countryCode Pattern
DELETE WHERE { <https://w3id.org/ecoduct/place/ch> eco:countryCode ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/place/ch> eco:countryCode "CHE" }

## actorType MinCount
DELETE WHERE { <https://w3id.org/ecoduct/actor/a> eco:actorType ?o }

## actorType MaxCount
INSERT DATA { <https://w3id.org/ecoduct/actor/a> eco:actorType <https://w3id.org/ecoduct/actor-type/ngo> }

## actorType Class
DELETE WHERE { <https://w3id.org/ecoduct/actor/a> eco:actorType ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/actor/a> eco:actorType <https://w3id.org/ecoduct/actor-type/army> }

## named Datatype
DELETE WHERE { <https://w3id.org/ecoduct/actor/a> eco:named ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/actor/a> eco:named "yes" }

## named MaxCount
INSERT DATA { <https://w3id.org/ecoduct/actor/a> eco:named false }

## numericValue Datatype
DELETE WHERE { <https://w3id.org/ecoduct/quantity/d/1> eco:numericValue ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/quantity/d/1> eco:numericValue "thirty" }

## numericValue MaxCount
INSERT DATA { <https://w3id.org/ecoduct/quantity/d/1> eco:numericValue 31.0 }

## unit MaxCount
INSERT DATA { <https://w3id.org/ecoduct/quantity/d/1> eco:unit "mi" }

## unit Datatype
DELETE WHERE { <https://w3id.org/ecoduct/quantity/d/1> eco:unit ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/quantity/d/1> eco:unit 1 }

## quantityKind MaxCount
INSERT DATA { <https://w3id.org/ecoduct/quantity/d/1> eco:quantityKind "area" }

## quantityKind Datatype
DELETE WHERE { <https://w3id.org/ecoduct/quantity/d/1> eco:quantityKind ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/quantity/d/1> eco:quantityKind 1 }

## schemeTitle MinCount
DELETE WHERE { <https://w3id.org/ecoduct/example/> dcterms:title ?o }

## schemeTitle UniqueLang
INSERT DATA { <https://w3id.org/ecoduct/example/> dcterms:title "Sample"@en }

## schemeLicence MinCount
DELETE WHERE { <https://w3id.org/ecoduct/example/> dcterms:license ?o }

## schemeLicence NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/example/> dcterms:license ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/example/> dcterms:license "CC BY" }

## Concept Class
DELETE WHERE { <https://w3id.org/ecoduct/example/1.1> a ?o }

## prefLabel MinCount
DELETE WHERE { <https://w3id.org/ecoduct/example/1> skos:prefLabel ?o }

## prefLabel UniqueLang
INSERT DATA { <https://w3id.org/ecoduct/example/1> skos:prefLabel "Uno"@fr }

## inScheme Class
DELETE WHERE { <https://w3id.org/ecoduct/example/1> skos:inScheme ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/example/1> skos:inScheme <https://w3id.org/ecoduct/taxon/lynx-lynx> }

## inScheme MaxCount
INSERT DATA { <https://w3id.org/ecoduct/example/1> skos:inScheme :other }

## schemeVersion MinCount
DELETE WHERE { <https://w3id.org/ecoduct/example/1> eco:schemeVersion ?o }

## schemeVersion MaxCount
INSERT DATA { <https://w3id.org/ecoduct/example/1> eco:schemeVersion "2" }

## notation MaxCount
INSERT DATA { <https://w3id.org/ecoduct/example/1> skos:notation "I" }

## notation NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/example/1> skos:notation ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/example/1> skos:notation :one }

## conceptBroader Class
DELETE WHERE { <https://w3id.org/ecoduct/example/1.1> skos:broader ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/example/1.1> skos:broader <https://w3id.org/ecoduct/example/2> }

## conceptBroader MaxCount
INSERT DATA { <https://w3id.org/ecoduct/example/1.1> skos:broader <https://w3id.org/ecoduct/threat/4.1> }

## sourceStatus In
DELETE WHERE { <https://w3id.org/ecoduct/example/1> eco:sourceStatus ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/example/1> eco:sourceStatus "sure" }

## sourceStatusGiven MinCount
DELETE WHERE { <https://w3id.org/ecoduct/cms/listing-x> eco:sourceStatus ?o }

## sourceStatusGiven In
DELETE WHERE { <https://w3id.org/ecoduct/cms/listing-x> eco:sourceStatus ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/cms/listing-x> eco:sourceStatus "sure" }

## listedTaxon MinCount
DELETE WHERE { <https://w3id.org/ecoduct/cms/listing-x> eco:listedTaxon ?o }

## listedTaxon Class
DELETE WHERE { <https://w3id.org/ecoduct/cms/listing-x> eco:listedTaxon ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/cms/listing-x> eco:listedTaxon <https://w3id.org/ecoduct/actor/a> }

## appendix MaxCount
INSERT DATA { <https://w3id.org/ecoduct/cms/listing-x> eco:appendix <https://w3id.org/ecoduct/cms/appendix-i> }

## appendix Class
DELETE WHERE { <https://w3id.org/ecoduct/cms/listing-x> eco:appendix ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/cms/listing-x> eco:appendix <https://w3id.org/ecoduct/cms/cms> }

## listingStatus MinCount
DELETE WHERE { <https://w3id.org/ecoduct/cms/listing-x> eco:listingStatus ?o }

## listingStatus MaxCount
INSERT DATA { <https://w3id.org/ecoduct/cms/listing-x> eco:listingStatus "proposed" }

## listingStatus In
DELETE WHERE { <https://w3id.org/ecoduct/cms/listing-x> eco:listingStatus ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/cms/listing-x> eco:listingStatus "listed" }

## mappingSubject MinCount
DELETE WHERE { <https://w3id.org/ecoduct/mapping/x/1> sssom:subject_id ?o }

## mappingSubject MaxCount
INSERT DATA { <https://w3id.org/ecoduct/mapping/x/1> sssom:subject_id <https://w3id.org/ecoduct/example/1.1> }

## mappingSubject Class
DELETE WHERE { <https://w3id.org/ecoduct/mapping/x/1> sssom:subject_id ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/mapping/x/1> sssom:subject_id <https://w3id.org/ecoduct/example/2> }

## mappingObject MinCount
DELETE WHERE { <https://w3id.org/ecoduct/mapping/x/1> sssom:object_id ?o }

## mappingObject MaxCount
INSERT DATA { <https://w3id.org/ecoduct/mapping/x/1> sssom:object_id :x }

## mappingObject NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/mapping/x/1> sssom:object_id ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/mapping/x/1> sssom:object_id "x" }

## mappingPredicate MinCount
DELETE WHERE { <https://w3id.org/ecoduct/mapping/x/1> sssom:predicate_id ?o }

## mappingPredicate MaxCount
INSERT DATA { <https://w3id.org/ecoduct/mapping/x/1> sssom:predicate_id skos:exactMatch }

## mappingPredicate In
DELETE WHERE { <https://w3id.org/ecoduct/mapping/x/1> sssom:predicate_id ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/mapping/x/1> sssom:predicate_id <http://www.w3.org/2002/07/owl#sameAs> }

## mappingJustification MinCount
DELETE WHERE { <https://w3id.org/ecoduct/mapping/x/1> sssom:mapping_justification ?o }

## mappingJustification NodeKind
DELETE WHERE { <https://w3id.org/ecoduct/mapping/x/1> sssom:mapping_justification ?o } ;
INSERT DATA { <https://w3id.org/ecoduct/mapping/x/1> sssom:mapping_justification "x" }

## inferenceRule MaxCount
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:inferenceRule <https://w3id.org/ecoduct/rule/implied-by-text>, <https://w3id.org/ecoduct/rule/target-by-evidence> }

## inferenceRule Class
INSERT DATA { <https://w3id.org/ecoduct/assertion/d/1> eco:inferenceRule <https://w3id.org/ecoduct/threat/4.1> }

## graphBasis HasValue
DELETE WHERE { <https://w3id.org/ecoduct/graph/d/inferred> eco:basis ?o }

## graphRule MinCount
DELETE WHERE { <https://w3id.org/ecoduct/graph/d/inferred> eco:inferenceRule ?o }

## graphRule Class
INSERT DATA { <https://w3id.org/ecoduct/graph/d/inferred> eco:inferenceRule <https://w3id.org/ecoduct/threat/4.1> }

## listedUnderUse Class
INSERT DATA { <https://w3id.org/ecoduct/solution/s> eco:listedUnder <https://w3id.org/ecoduct/cms/listing-ii-accipitridae-spp> }

## listedUnder Class
INSERT DATA { <https://w3id.org/ecoduct/taxon/lynx-lynx> eco:listedUnder <https://w3id.org/ecoduct/threat/4.1> }
