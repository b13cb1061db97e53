/** @file Words of the quotes and the timeline, in Arabic. Keys of `kinds`, `speakerRules`, `flags`, `rules` and `dateFlags` are the engine's. */

import { six } from './plural.js';

export const arAnnotations = {
  quoteCount: six('لا اقتباسات', 'اقتباس واحد', 'اقتباسان', '{count} اقتباسات', '{count} اقتباسًا', '{count} اقتباس'),
  dateCount: six('لا تواريخ', 'تاريخ واحد', 'تاريخان', '{count} تواريخ', '{count} تاريخًا', '{count} تاريخ'),
  conflictCount: six('لا تعارض', 'تعارض واحد', 'تعارضان', '{count} تعارضات', '{count} تعارضًا', '{count} تعارض'),

  quotes: {
    title: 'من قال ماذا',
    tabs: { quotes: 'الاقتباسات', conflicts: 'تعارض النسبة' }, tab: 'القائمة',
    kind: 'نوع الاقتباس', filter: 'ابحث في الاقتباسات', filterHint: 'كلمة أو عبارة من الاقتباس',
    kinds: { speech: 'كل الكلام', direct: 'مباشر', fragment: 'شذرة', headline: 'عنوان', reported: 'منقول بلا علامات', scare: 'ليس كلامًا' },
    none: 'لا اقتباس يطابق.', shown: 'يظهر {shown} من {total}', more: 'مزيد من الاقتباسات',
    speakers: 'المتكلمون', outlets: 'المصادر', everyone: 'كل المتكلمين', everyOutlet: 'كل المصادر', side: 'المتكلمون والمصادر',
    chosenSpeaker: 'أقوال {name}', chosenOutlet: 'من {name}', unattributed: 'بلا متكلم معروف: {count}',
    unknown: 'بلا متكلم معروف', described: 'بلفظ النص: {words}', says: 'يقول {name}', cue: 'اللفظ', relay: 'نقله', addressee: 'مخاطبًا',
    place: 'السطر {line}', read: 'اقرأه في موضعه', csv: 'نزّل القائمة CSV', fileName: 'quotes', why: 'لماذا؟',
    conflictsNote: 'الكلمات نفسها، بعد توحيد الحروف، منسوبة إلى متكلمين مختلفين. المشترك منها معلَّم.',
    noConflicts: 'لم تُنسب كلمات واحدة إلى متكلمين مختلفين في هذا النطاق.',
    method: 'كيف وُجدت', methodText: 'ينتمي ما بين العلامتين إلى آخر فعل قول في جملته، أو إلى الاسم قبل النقطتين، أو إلى مصدر سُمّي بعده. الأسماء والعناوين والمصطلحات بين علامتين ليست كلامًا. قد يُحسب التهكّم شذرةً حيث يتكلم أحد، ومن فات معرّفَ الأسماء لا يُنسب إليه كلام.',
    speakerRules: {
      named: 'اسمه بجوار الفعل', title: 'لقب يعطيه المقال له', body: 'جهة سمّاها المقال قبل ذلك', described: 'وصف لا يقابله اسم في المقال',
      sentence: 'من يتكلم في الجملة نفسها', continued: 'آخر من تكلم قبل ذلك', colon: 'الاسم قبل النقطتين', unknown: 'لا شيء يدل عليه',
    },
    rules: {
      colon: 'نقطتان قبله', 'cue-before': 'فعل قول قبله في الجملة', 'cue-after': 'مصدر أو فعل قول بعده', long: 'طويل بين علامتين', 'headline-colon': 'اسم ونقطتان في عنوان',
      complement: 'ما بعد «إنّ»', name: 'اسم بين علامتين', term: 'عنوان أو مصطلح', 'no-cue': 'لا أحد يتكلم في الجملة', nested: 'داخل اقتباس آخر',
    },
    flags: {
      unclosed: 'لا علامة تغلقه', unopened: 'لا علامة تفتحه', misdirected: 'علاماته معكوسة', nested: 'داخل اقتباس', 'across-lines': 'على أكثر من سطر',
    },
  },

  timeline: {
    title: 'الخط الزمني',
    published: 'متى نُشر', publishedNote: 'المقالات بحسب تاريخ نشرها المذكور فيها. بلا تاريخ: {count}.',
    mentioned: 'متى جرى ما يُذكر', mentionedNote: 'التواريخ المذكورة في النصوص، محسوبة من تاريخ نشر مقالها هي. أطول من هذه الوحدة: {count}.',
    unit: 'الوحدة', units: { auto: 'تلقائي', day: 'يوم', month: 'شهر', year: 'سنة' },
    resolved: 'التواريخ', resolvedKinds: { all: 'كلها', yes: 'محسوبة', no: 'بلا قيمة' },
    notInParts: 'هذا المتن يُقرأ أجزاءً: لا تُجلب التواريخ المذكورة في النصوص حتى تُطلب.', countMentioned: 'عُدَّها',
    empty: 'لا شيء هنا.', bucket: 'المدة', count: 'العدد', rows: 'التواريخ في النصوص', range: 'من {from} إلى {to}', wholeTime: 'كل الزمن',
    words: 'كما كُتب', value: 'القيمة', reason: 'كيف حُسب', where: 'أين', none: 'لا تاريخ يطابق.', noValue: 'بلا قيمة',
    shown: 'يظهر {shown} من {total}', more: 'مزيد من التواريخ', csv: 'نزّل الجدول CSV', fileName: 'dates', read: 'اقرأه في موضعه',
    seenFrom: 'من يوم النشر {date}', suggestion: 'يُقترح {value} من تواريخ أخرى في المقال',
    rules: {
      explicit: 'مكتوب كاملًا', 'same-day': 'يوم النشر', 'days-before': 'أيام قبل النشر', 'days-after': 'أيام بعد النشر', 'last-weekday': 'آخر يوم بهذا الاسم حتى يوم النشر',
      'weekday-before': 'اليوم السابق بهذا الاسم', 'weekday-after': 'اليوم التالي بهذا الاسم', 'weekday-of-week': 'يوم من أسبوع النشر', unit: 'محسوب من أسبوع النشر أو شهره أو سنته',
      'share-of-year': 'جزء من السنة', decade: 'عقد', 'nearest-year': 'أقرب سنة إلى النشر', 'nearest-hijri-year': 'أقرب سنة هجرية', 'day-of-month': 'يوم من شهر',
      'no-anchor': 'لا يذكر المقال يوم نشره، فلا يُحسب',
    },
    dateFlags: {
      'day-first': 'قُرئ اليوم قبل الشهر', 'month-first': 'الشهر قبل اليوم', 'weekday-conflict': 'اسم اليوم لا يوافق التاريخ', 'month-conflict': 'اسما شهرين مختلفين',
      hijri: 'محوّل من الهجري (±1 يوم)', 'calendar-conflict': 'الهجري لا يوافق الميلادي', 'year-assumed': 'السنة مقدّرة', part: 'جزء من المدة', approximate: 'تقريبي', 'future-cue': 'فعل مستقبل قبله',
    },
  },
};
