#include "layouts/date_lines.h"

#include <algorithm>
#include <array>

#include "layouts/line_pattern.h"
#include "layouts/profile.h"
#include "text/characters.h"

namespace unecho {
namespace {

using std::string_view;

constexpr std::array<string_view, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                 "July",    "August",   "September", "October", "November", "December"};

// In other languages, in the form that stands in dates; English is always there.
constexpr string_view kMoreMonths =
    "januar|februar|m\u00E4rz|mai|juni|juli|oktober|dezember|j\u00E4nner|"
    "janvier|f\u00E9vrier|mars|avril|juin|juillet|ao\u00FBt|septembre|octobre|novembre|d\u00E9cembre|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|"
    "gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|"
    "janeiro|fevereiro|mar\u00E7o|maio|junho|julho|setembro|outubro|novembro|dezembro|"
    "januari|februari|maart|mei|augustus|augusti|maj|desember|"
    "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|wrze\u015Bnia|pa\u017Adziernika|listopada|grudnia|"
    "ledna|\u00FAnora|b\u0159ezna|dubna|kv\u011Btna|\u010Dervna|\u010Dervence|srpna|z\u00E1\u0159\u00ED|"
    "\u0159\u00EDjna|listopadu|prosince|"
    "(?:tammi|helmi|maalis|huhti|touko|kes\u00E4|hein\u00E4|elo|syys|loka|marras|joulu)kuuta|"
    "janu\u00E1r|febru\u00E1r|m\u00E1rcius|\u00E1prilis|m\u00E1jus|j\u00FAnius|j\u00FAlius|augusztus|szeptember|"
    "okt\u00F3ber|"
    "ocak|\u015Fubat|mart|nisan|may\u0131s|haziran|temmuz|a\u011Fustos|eyl\u00FCl|ekim|kas\u0131m|aral\u0131k|"
    "maret|agustus|oktober|"
    "\u044F\u043D\u0432\u0430\u0440\u044F|\u0444\u0435\u0432\u0440\u0430\u043B\u044F|\u043C\u0430\u0440\u0442\u0430|"
    "\u0430\u043F\u0440\u0435\u043B\u044F|\u043C\u0430\u044F|\u0438\u044E\u043D\u044F|\u0438\u044E\u043B\u044F|"
    "\u0430\u0432\u0433\u0443\u0441\u0442\u0430|\u0441\u0435\u043D\u0442\u044F\u0431\u0440\u044F|"
    "\u043E\u043A\u0442\u044F\u0431\u0440\u044F|\u043D\u043E\u044F\u0431\u0440\u044F|"
    "\u0434\u0435\u043A\u0430\u0431\u0440\u044F|"
    "\u0441\u0456\u0447\u043D\u044F|\u043B\u044E\u0442\u043E\u0433\u043E|\u0431\u0435\u0440\u0435\u0437\u043D\u044F|"
    "\u043A\u0432\u0456\u0442\u043D\u044F|\u0442\u0440\u0430\u0432\u043D\u044F|\u0447\u0435\u0440\u0432\u043D\u044F|"
    "\u043B\u0438\u043F\u043D\u044F|\u0441\u0435\u0440\u043F\u043D\u044F|\u0432\u0435\u0440\u0435\u0441\u043D\u044F|"
    "\u0436\u043E\u0432\u0442\u043D\u044F|\u043B\u0438\u0441\u0442\u043E\u043F\u0430\u0434\u0430|"
    "\u0433\u0440\u0443\u0434\u043D\u044F";

// A word of two letters before a comma is the short form of one; a longer word there may be a title.
constexpr string_view kWeekdays =
    "(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\\.?,?|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|"
    "sonnabend|"
    "sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi\u00E9rcoles|jueves|viernes|"
    "s\u00E1bado|domingo|luned\u00EC|marted\u00EC|mercoled\u00EC|gioved\u00EC|venerd\u00EC|sabato|domenica|"
    "(?:segunda|ter\u00E7a|quarta|quinta|sexta)(?:-feira)?|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    "m\u00E5ndag|tisdag|onsdag|torsdag|fredag|l\u00F6rdag|s\u00F6ndag|mandag|tirsdag|l\u00F8rdag|s\u00F8ndag|"
    "poniedzia\u0142ek|wtorek|\u015Broda|czwartek|pi\u0105tek|sobota|niedziela|pond\u011Bl\u00ED|\u00FAter\u00FD|"
    "st\u0159eda|\u010Dtvrtek|p\u00E1tek|ned\u011Ble|"
    "\u043F\u043E\u043D\u0435\u0434\u0435\u043B\u044C\u043D\u0438\u043A|\u0432\u0442\u043E\u0440\u043D\u0438\u043A|"
    "\u0441\u0440\u0435\u0434\u0430|\u0447\u0435\u0442\u0432\u0435\u0440\u0433|"
    "\u043F\u044F\u0442\u043D\u0438\u0446\u0430|"
    "\u0441\u0443\u0431\u0431\u043E\u0442\u0430|\u0432\u043E\u0441\u043A\u0440\u0435\u0441\u0435\u043D\u044C\u0435),?|"
    "\\pL{2}(?:\\.,?|,))";

constexpr std::array<string_view, 24> kTodays = {"Today",
                                                 "Yesterday",
                                                 "This week",
                                                 "Last week",
                                                 "This month",
                                                 "Last month",
                                                 "Heute",
                                                 "Gestern",
                                                 "Aujourd'hui",
                                                 "Hier",
                                                 "Hoy",
                                                 "Ayer",
                                                 "Oggi",
                                                 "Ieri",
                                                 "Hoje",
                                                 "Ontem",
                                                 "\u4ECA\u65E5",
                                                 "\u6628\u65E5",
                                                 "\u4ECA\u5929",
                                                 "\u6628\u5929",
                                                 "\uC624\uB298",
                                                 "\uC5B4\uC81C",
                                                 "\u0421\u0435\u0433\u043E\u0434\u043D\u044F",
                                                 "\u0412\u0447\u0435\u0440\u0430"};

}  // namespace

// "Q1 2025", "Week 11", "2025-W11", "March 2025": what stands above the entries of so many days.
std::string PeriodPattern() {
  constexpr string_view kYear = "(?:1[89]|2[01])[0-9]{2}";
  std::string month = Joined({"(?:sept|", kMoreMonths});
  for (const string_view name : kMonths) month += Joined({"|", name, "|", name.substr(0, 3)});
  month += ")\\.?";
  return Joined({"q[1-4][ ,/-]*", kYear, "|", kYear, "[ /-]*q[1-4]|[1-4]\\. ?(?:quartal|trimestre|kwartal) ", kYear,
                 "|(?:calendar +)?(?:week|wk|kw|kalenderwoche|semaine|semana|settimana|vecka|uke|uge)[ .#]*[0-9]{1,2}"
                 "(?:(?:,| of|/| -|)? *",
                 kYear, ")?|", kYear, "-?w[0-9]{2}|", month, ",? +(?:de +)?", kYear, "|", kYear,
                 "\u5E74 ?[0-9]{1,2}\u6708"});
}

// "2025-03-14", "14.03.2025", "14 March 2025", "14. M\u00E4rz 2025", "March 14th, 2025", "Mar 14",
// "Fri, 14 Mar 2025, 10:30", "vendredi 14 mars 2025"
std::string DatePattern() {
  constexpr string_view kDay = "(?:0?[1-9]|[12][0-9]|3[01])", kMonth = "[0-9]{1,2}", kYear = "(?:1[89]|2[01])[0-9]{2}";
  std::string month = Joined({"(?:sept|", kMoreMonths});
  for (const string_view name : kMonths) month += Joined({"|", name, "|", name.substr(0, 3)});
  month += ")\\.?";
  // A dot behind the day is what most languages have that write a month behind it: there any word in lower case is one.
  const std::string forms[] = {
      Joined({kYear, "[-./]", kMonth, "[-./]", kDay}),
      Joined({kDay, "[-./]", kMonth, "[-./]", kYear}),
      Joined({kDay, "\\. ?", kMonth, "\\. ?", kYear}),
      Joined({kDay, "(?:st|nd|rd|th|er|\\.)? +(?:de +|of +)?", month, ",? +(?:de +|of +)?", kYear}),
      Joined({kDay, "(?:st|nd|rd|th|er)? +(?:de +|of +)?", month}),
      Joined({kDay, "\\. +(?-i:\\p{Ll})\\pL{2,13}\\.? +", kYear}),
      Joined({kYear, "\\. +(?-i:\\p{Ll})\\pL{2,13}\\.? +", kDay, "\\.?"}),
      // Of a month that is not known: a word in lower case, or of another script, between a day and a year.
      Joined({kDay, " +(?:de +)?(?-i:\\p{Ll}|[\\x{370}-\\x{1FFF}])[\\pL\\pM]{2,14}\\.?,? +(?:de +)?", kYear}),
      Joined({"(?:ng\u00E0y +)?", kDay, " +th\u00E1ng +", kMonth, ",?(?: +n\u0103m)? +", kYear}),
      Joined({month, " +", kDay, "(?:(?:st|nd|rd|th)?,? +", kYear, ")?"}),
      Joined({"(?:", kYear, "\u5E74 ?)?", kMonth, "\u6708 ?", kDay,
              "\u65E5(?: "
              "?\\(?(?:\u661F\u671F.|\u5468.|[\u6708\u706B\u6C34\u6728\u91D1\u571F\u65E5](?:\u66DC\u65E5)?)\\)?)?"}),
      Joined({"(?:", kYear, "\uB144 ?)?", kMonth, "\uC6D4 ?", kDay, "\uC77C(?: ?\\(?.(?:\uC694\uC77C)?\\)?)?"}),
  };
  std::string pattern = Joined({"(?:", kWeekdays, " +)?(?:"});
  for (const std::string& form : forms) pattern += Joined({&form == forms ? "" : "|", form});
  return pattern +
         ")\\.?(?: ?\u0433\\.?)?(?: ?\\(\\pL{2,9}\\.?\\))?(?:[ T,]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: "
         "?(?:utc|gmt|z|am|pm))?)?";
}

bool IsDate(string_view line) {
  constexpr size_t kLongest = 60;
  static const Pattern kDate = WholeLine(DatePattern());
  return line.size() <= kLongest && HasDigit(line) && kDate.Matches(line);
}

bool IsPeriod(string_view line) {
  constexpr size_t kLongest = 40;
  static const Pattern kPeriod = WholeLine(PeriodPattern());
  if (line.size() > kLongest) return false;
  return HasDigit(line) ? kPeriod.Matches(line) : std::ranges::find(kTodays, line) != kTodays.end();
}

}  // namespace unecho
