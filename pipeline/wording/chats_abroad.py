"""What the readers of WhatsApp and Telegram have to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "reads-whatsapp-txt": Wording(
        "info",
        "WhatsApp 导出的聊天记录（安卓和苹果，各种语言）",
        "Chats exported by WhatsApp (Android and iOS, in all languages)",
    ),
    "whatsapp-name": Wording(
        "info",
        "文件名和写法都与 WhatsApp 导出的聊天记录一致。",
        "Its name and its headers are those of a chat exported by WhatsApp.",
    ),
    "whatsapp-shape": Wording(
        "info",
        "“日期 时间 - 姓名: 内容”的写法与 WhatsApp 导出的聊天记录一致。",
        "Its headers have the shape of a chat exported by WhatsApp.",
    ),
    "whatsapp-name-colon": Wording(
        "info",
        "“{name}”里的冒号按姓名的一部分理解：每条以它开头的消息都这样写。请核对。",
        "The colon in “{name}” is taken as part of the name, since every message that begins so has it. Please check.",
    ),
    "whatsapp-probably-cut": Wording(
        "warning",
        "文件里有 {count} 条消息，接近 WhatsApp 一次导出的上限，更早的消息很可能没有导出。请在手机上核对最早的一条。",
        "The file holds {count} messages, about as many as WhatsApp exports at most: earlier ones are probably missing. Check the first one on the phone.",
    ),
    "reads-telegram-json": Wording(
        "info",
        "Telegram 电脑版导出的聊天记录（result.json）",
        "Chats exported by Telegram Desktop (result.json)",
    ),
    "telegram-json": Wording(
        "info",
        "内容的结构与 Telegram 导出的 result.json 一致。",
        "It has the structure of a result.json exported by Telegram.",
    ),
    "telegram-files-missing": Wording(
        "info",
        "有 {count} 个文件没有随 Telegram 一起导出。请在电脑版重新导出，并勾选照片、视频和文件。",
        "{count} files were not exported by Telegram. Export again with photos, videos and files ticked.",
    ),
    "telegram-edited-unsure": Wording(
        "info",
        "有 {count} 条消息带有“编辑时间”，但 Telegram 在别人点了表情回应时也会写上它，不能证明文字改过。",
        "{count} messages state a time of editing; Telegram writes it for a reaction too, so it proves no change of the text.",
    ),
    "telegram-forwarded": Wording(
        "info",
        "有 {count} 条消息是转发来的，内容不是发送人自己写的。",
        "{count} messages were forwarded: their words are not the sender's own.",
    ),
    "reads-telegram-html": Wording(
        "info",
        "Telegram 电脑版导出的网页聊天记录（messages.html）",
        "Chats exported by Telegram Desktop as web pages (messages.html)",
    ),
    "telegram-html": Wording(
        "info",
        "网页的结构与 Telegram 导出的 messages.html 一致。",
        "The page has the structure of a messages.html exported by Telegram.",
    ),
    "telegram-html-nested": Wording(
        "error",
        "网页的结构被破坏，没有读取。请重新导出，或提供未改动的 messages.html。",
        "The structure of the page is damaged; it stays unread. Export again, or supply messages.html unaltered.",
    ),
    "telegram-html-cut": Wording(
        "warning",
        "网页在结尾处断开：最后一条消息可能不完整，后面的消息缺失。请提供完整的文件。",
        "The page breaks off: its last message may lack words, and what followed is missing. Supply the whole file.",
    ),
    "telegram-sender-above": Wording(
        "warning",
        "这条消息承接前一页的发送人，而前一页不在这里，发送人未知。请把所有 messages 网页一起放入。",
        "This message continues one of the page before, which is not here; its sender is unknown. Hand in all pages.",
    ),
    "reads-telegram-paste": Wording(
        "info",
        "从 Telegram 复制粘贴的聊天记录",
        "Chats copied from Telegram",
    ),
    "telegram-paste": Wording(
        "info",
        "“姓名, [日期 时间]”的写法与从 Telegram 复制的消息一致。",
        "Its headers have the shape of messages copied from Telegram.",
    ),
}
