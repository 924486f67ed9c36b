"""Look up a language's codes in ISO 639 and MARC by its BCP 47 tag."""

from __future__ import annotations

from fleuron.publication.language_tags import language_tag, primary_language

# ISO 639-1 with ISO 639-2/T, which is ISO 639-3 for these: two letters, then three. Babel 2.18 has only the way back,
# from three letters to two, and for 38 of these 182 languages it has several codes (cmn and zho for zh), for tw none.
ISO_639 = """
aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul bibis bmbam bnben bobod
brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv cycym dadan dedeu dvdiv dzdzo eeewe elell eneng eoepo
esspa etest eueus fafas ffful fifin fjfij fofao frfra fyfry gagle gdgla glglg gngrn guguj gvglv hahau heheb hihin
hohmo hrhrv hthat huhun hyhye hzher iaina idind ieile igibo iiiii ikipk ioido isisl itita iuiku jajpn jvjav kakat
kgkon kikik kjkua kkkaz klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor kykir lalat lbltz lglug lilim lnlin
lolao ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal mnmon mrmar msmsa mtmlt mymya nanau nbnob ndnde nenep ngndo
nlnld nnnno nonor nrnbl nvnav nynya ococi ojoji omorm orori ososs papan pipli plpol pspus ptpor quque rmroh rnrun
roron rurus rwkin sasan scsrd sdsnd sesme sgsag sisin skslk slslv smsmo snsna sosom sqsqi srsrp ssssw stsot susun
svswe swswa tatam tetel tgtgk ththa titir tktuk tntsn toton trtur tstso tttat twtwi tytah uguig ukukr ururd uzuzb
veven vivie vovol wawln wowol xhxho yiyid yoyor zazha zhzho zuzul
"""
ALPHA_3 = {pair[:2]: pair[2:] for pair in ISO_639.split()}
# The languages that ISO 639-2/B, and so the MARC Code List for Languages, gives another code.
BIBLIOGRAPHIC_CODES = """
bod-tib ces-cze cym-wel deu-ger ell-gre eus-baq fas-per fra-fre hye-arm isl-ice kat-geo mkd-mac mri-mao msa-may
mya-bur nld-dut ron-rum slk-slo sqi-alb zho-chi
"""
BIBLIOGRAPHIC = {pair[:3]: pair[4:] for pair in BIBLIOGRAPHIC_CODES.split()}


def subtag(tag: str) -> str:
    """Return the language alone: “pt” of “pt-BR” (RFC 5646, 2.2.1)."""
    language = primary_language(language_tag(tag)).lower()
    return language if language.isascii() and language.isalpha() and len(language) in (2, 3) else ""


def alpha_3(tag: str) -> str:
    """Return a language's code of ISO 639-3, or an empty text if it is not known."""
    language = subtag(tag)
    # A tag has three letters only where the language has no code of two (RFC 5646, 2.2.1), and they are ISO 639-3's.
    return language if len(language) == 3 else ALPHA_3.get(language, "")


def marc_code(tag: str) -> str:
    """Return a language's code in MARC's list; an empty text for one of three letters, which that list may lack."""
    code = ALPHA_3.get(subtag(tag), "")
    return BIBLIOGRAPHIC.get(code, code)
