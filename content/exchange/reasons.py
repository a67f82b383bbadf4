"""Why something is lost, and why a file is refused: every code, said in both languages."""

from content.quiz import Names

WHY = {
    "kind": Names(
        ru="вопросы этого типа здесь не задают",
        en="questions of this type cannot be asked here",
    ),
    "no_question": Names(
        ru="это текст без вопроса",
        en="it is a text without a question",
    ),
    "no_text": Names(
        ru="у вопроса нет текста",
        en="there is no text of a question",
    ),
    "no_key": Names(
        ru="правильный ответ не указан",
        en="no right answer is given",
    ),
    "all_right": Names(
        ru="верны все варианты, выбирать не из чего",
        en="every option is right, so nothing is asked",
    ),
    "few_options": Names(
        ru="вариантов меньше двух",
        en="there are fewer than two options",
    ),
    "many_options": Names(
        ru="вариантов больше, чем допускает вопрос",
        en="there are more options than letters",
    ),
    "same_options": Names(
        ru="у двух вариантов одинаковый текст",
        en="two options have the same text",
    ),
    "broken": Names(
        ru="строение не соответствует описанию формата",
        en="its structure is not as the format describes it",
    ),
    "too_long": Names(
        ru="текст длиннее, чем допускает вопрос",
        en="the text is longer than a question may be",
    ),
    "several_pairs": Names(
        ru="у одного элемента несколько пар, а должна быть одна",
        en="one entry has several pairs, and a pair is one to one",
    ),
    "several_markers": Names(
        ru="метка без своего места не сохранена",
        en="a marker without a place of its own is not kept",
    ),
    "few_areas": Names(
        ru="отмечены только верные места, а нужно и неверное",
        en="only right places are marked, and a question needs a wrong one too",
    ),
    "few_items": Names(
        ru="элементов меньше трёх: порядка в них нет",
        en="fewer than three entries are no order",
    ),
    "no_picture": Names(
        ru="рисунка, о котором спрашивают, в файле нет",
        en="the picture it asks about did not come with it",
    ),
    "no_topic": Names(
        ru="тема не выбрана, а рубрика её не называет",
        en="no topic was chosen and its category names none",
    ),
    "not_valid": Names(
        ru="вопрос не проходит проверку",
        en="the result is not a question as they are kept here",
    ),
    "several_kinds": Names(
        ru="части таких типов не складываются в один вопрос",
        en="parts of types that cannot stand together",
    ),
    "no_source": Names(
        ru="без источника вопрос не опубликовать: его добавит редактор",
        en="a question is published only with its source: an editor adds it",
    ),
    "no_explanation": Names(
        ru="без пояснения вопрос не опубликовать: его добавит редактор",
        en="a question is published only with an explanation: an editor adds it",
    ),
    "partial_weight": Names(
        ru="доля за один вариант не сохранена: баллы считаются по правилу типа",
        en="a share for one option is not kept: points follow the rule of the type",
    ),
    "weights": Names(
        ru="доли баллов не сохранены: баллы считаются по правилу типа",
        en="shares of the points are not kept: points follow the rule of the type",
    ),
    "became_single": Names(
        ru="верен один вариант, поэтому выбирают один",
        en="only one option is right, so one is chosen",
    ),
    "became_case": Names(
        ru="каждый пропуск стал частью ситуации",
        en="each gap became a part of a case",
    ),
    "feedback": Names(
        ru="отзыв в этом месте не сохранён",
        en="feedback at this place is not kept",
    ),
    "more_answers": Names(
        ru="сохранено только одно верное число",
        en="only one right number is kept",
    ),
    "wildcard": Names(
        ru="ответ «всё остальное» не сохранён",
        en="an answer for everything else is not kept",
    ),
    "wrong_answer": Names(
        ru="неверный ответ с отзывом не сохранён",
        en="a wrong answer listed with its feedback is not kept",
    ),
    "case_sensitive": Names(
        ru="формат не различает заглавные и строчные буквы",
        en="the format cannot tell capital letters from small ones",
    ),
    "bad_number": Names(
        ru="такое число не сохранить",
        en="it is not a number that is kept",
    ),
    "emphasis": Names(
        ru="выделение не сохранено",
        en="emphasis is not kept",
    ),
    "table": Names(
        ru="таблица стала строками текста",
        en="a table became lines of text",
    ),
    "link": Names(
        ru="адрес ссылки не сохранён",
        en="the address of a link is not kept",
    ),
    "embedded": Names(
        ru="встроенное содержимое не принимается",
        en="embedded matter is not taken",
    ),
    "formula": Names(
        ru="формула осталась такой, как записана",
        en="a formula stays as it was written",
    ),
    "raised": Names(
        ru="верхний или нижний знак стал обычным текстом",
        en="a raised or lowered sign became plain text",
    ),
    "more_pictures": Names(
        ru="у вопроса один рисунок",
        en="a question has one picture",
    ),
    "picture_place": Names(
        ru="рисунок бывает только при тексте вопроса",
        en="a picture stands only with the text of a question",
    ),
    "picture_outside": Names(
        ru="рисунок с чужого сайта не загружается",
        en="a picture of another site is not fetched",
    ),
    "picture_missing": Names(
        ru="файла рисунка нет",
        en="the file of the picture did not come along",
    ),
    "picture_format": Names(
        ru="принимаются только рисунки PNG и простые SVG",
        en="only PNG and plain SVG pictures are taken",
    ),
    "picture_large": Names(
        ru="рисунок слишком велик",
        en="the picture is too large",
    ),
    "no_alt": Names(
        ru="рисунок не описан словами: описание напишет редактор",
        en="the picture has no description in words: an editor writes one",
    ),
    "file": Names(
        ru="файл рядом с текстом не сохранён",
        en="a file beside the text is not kept",
    ),
    "hint": Names(
        ru="подсказок здесь нет",
        en="hints are not given",
    ),
    "penalty": Names(
        ru="штрафа за повтор нет: на вопрос отвечают один раз",
        en="there is no penalty for another try: a question is answered once",
    ),
    "grade": Names(
        ru="все вопросы весят одинаково",
        en="all questions weigh the same",
    ),
    "hidden": Names(
        ru="вопрос был скрыт; здесь он станет черновиком, как остальные",
        en="it was hidden or set aside, and becomes a draft like the rest",
    ),
    "fixed_order": Names(
        ru="каждый видит варианты в своём порядке",
        en="options are shown in an order of their own for everybody",
    ),
    "grading": Names(
        ru="баллы считаются по правилу типа",
        en="points follow the rule of the type",
    ),
    "units": Names(
        ru="способ оценки единиц не сохранён",
        en="the way units are graded is not kept",
    ),
    "subset": Names(
        ru="упорядочивают все элементы, а не часть",
        en="all entries are ordered, not some of them",
    ),
    "groups": Names(
        ru="группы стали отдельными списками для каждого пропуска",
        en="groups became lists of their own for each gap",
    ),
    "reuse": Names(
        ru="можно ли взять элемент ещё раз, не сохранено",
        en="whether an entry may be used again is not kept",
    ),
    "name": Names(
        ru="кроме текста, у вопросов нет названия",
        en="questions have no name beside their text",
    ),
    "id": Names(
        ru="такой номер занят или относится к другой теме: дан новый",
        en="the id is taken or is not one of this topic: a new one was given",
    ),
    "category": Names(
        ru="рубрики не сохраняются: вопрос попадёт в выбранную тему",
        en="categories are not kept: the topic chosen counts",
    ),
    "tag": Names(
        ru="метки не сохраняются, кроме темы, сложности и нормы",
        en="tags are not kept, except topics, difficulty and norms",
    ),
    "tag_unknown": Names(
        ru="такой темы или нормы здесь нет",
        en="it names a topic or norm that is not here",
    ),
    "difficulty": Names(
        ru="сложность не указана: принята средняя",
        en="no difficulty is given: medium is assumed",
    ),
    "element": Names(
        ru="такой элемент здесь не известен",
        en="this element is not known here",
    ),
    "comment": Names(
        ru="примечания не сохраняются",
        en="comments are not kept",
    ),
    "rule": Names(
        ru="собственные правила оценки не принимаются: действует указанный верный ответ",
        en="rules of grading of its own are not taken: the given right answer counts",
    ),
    "rubric": Names(
        ru="указания рядом с вопросом не сохраняются",
        en="instructions beside the question are not kept",
    ),
    "stylesheet": Names(
        ru="оформление не сохраняется",
        en="styles are not kept",
    ),
    "adaptive": Names(
        ru="вопрос задаётся сразу, а не по шагам",
        en="it is asked once, not step by step",
    ),
    "limits": Names(
        ru="сколько вариантов можно выбрать, не сохранено",
        en="how many may be chosen is not kept",
    ),
    "conditional": Names(
        ru="отзыв по условию стал пояснением",
        en="feedback under a condition became the explanation",
    ),
    "label": Names(
        ru="у областей не было названий: даны номера",
        en="areas had no names: numbers were given",
    ),
    "shape": Names(
        ru="область стала ближайшей допустимой фигурой",
        en="this shape became the nearest one that is kept",
    ),
    "test": Names(
        ru="состав теста не принимается, только его вопросы",
        en="the composition of a test is not taken, only its questions",
    ),
    "resource": Names(
        ru="этот файл пакета — не вопрос",
        en="this file of the package is no question",
    ),
    "unpaired": Names(
        ru="элемент без пары не сохранён",
        en="an entry without a pair is not kept",
    ),
    "metadata": Names(
        ru="сведения о файле не сохраняются",
        en="metadata are not kept",
    ),
    "resource_missing": Names(
        ru="пакет называет этот файл, но не содержит его",
        en="the package names this file and does not hold it",
    ),
    "long_part": Names(
        ru="эта часть слишком длинная",
        en="it is longer than this part may be",
    ),
    "variables": Names(
        ru="переменные и шаблоны не принимаются",
        en="variables and templates are not taken",
    ),
    "cannot_hold": Names(
        ru="в этом формате для этого нет места",
        en="the format has no place for it",
    ),
    "cannot_hold_kind": Names(
        ru="в этом формате нет такого типа вопроса",
        en="the format has no such type of question",
    ),
    "part_left_out": Names(
        ru="в этом формате нет такого типа для части ситуации",
        en="the format has no such type for a part of a case",
    ),
    "picture_not_given": Names(
        ru="файл рисунка не приложен",
        en="the file of the picture was not given along",
    ),
}
"""What each code of a loss means; the codes stay."""

REFUSALS = {
    "format": Names(
        ru="формат файла не распознан",
        en="the format of the file is not known",
    ),
    "empty": Names(
        ru="в файле нет ни одного вопроса",
        en="there is no question in the file",
    ),
    "size": Names(
        ru="файл больше допустимого",
        en="the file is larger than is taken",
    ),
    "encoding": Names(
        ru="текст не в той кодировке, которая объявлена, или кодировка неизвестна",
        en="the text is not in the encoding it declares, or declares none that is known",
    ),
    "binary": Names(
        ru="это не текстовый файл",
        en="the file is not text",
    ),
    "xml": Names(
        ru="XML повреждён или обрывается",
        en="the XML is broken or cut off",
    ),
    "entities": Names(
        ru="XML с описанием типа или собственными сущностями не принимается",
        en="XML with a document type or entities of its own is not taken",
    ),
    "depth": Names(
        ru="элементы вложены слишком глубоко",
        en="the elements are nested too deeply",
    ),
    "elements": Names(
        ru="в файле слишком много элементов",
        en="the file has too many elements",
    ),
    "root": Names(
        ru="это XML другого вида",
        en="this is XML of another kind",
    ),
    "zip": Names(
        ru="архив повреждён или обрывается",
        en="the archive is broken or cut off",
    ),
    "zip_entries": Names(
        ru="в архиве слишком много файлов",
        en="the archive holds too many files",
    ),
    "zip_size": Names(
        ru="распакованный архив слишком велик",
        en="the archive is too large when unpacked",
    ),
    "zip_ratio": Names(
        ru="архив сжат подозрительно сильно",
        en="the archive is packed suspiciously tightly",
    ),
    "zip_path": Names(
        ru="архив называет место вне себя",
        en="the archive names a place outside itself",
    ),
    "zip_nested": Names(
        ru="архив внутри архива не принимается",
        en="an archive inside the archive is not taken",
    ),
    "zip_locked": Names(
        ru="архив зашифрован или сжат неизвестным способом",
        en="the archive is encrypted or packed in an unknown way",
    ),
    "manifest": Names(
        ru="в пакете нет imsmanifest.xml",
        en="the package has no imsmanifest.xml",
    ),
    "questions": Names(
        ru="в файле слишком много вопросов",
        en="the file holds too many questions",
    ),
    "brackets": Names(
        ru="скобка { с ответами не закрыта",
        en="an answer's { is never closed",
    ),
}
"""What each code of a refusal means."""
