"""What the assistant does not do itself but knows where it is done (指路): the page, and the command for those who type."""

from __future__ import annotations

from assistant.chat.intents import Intent

GUIDES = {
    Intent.CHECK_FILE: "校核或审阅一个文件：到“审稿”上传 Word、文本或 PDF，意见会标在原文旁，并可取回带批注的 Word。"
    "只校核一段话，可直接发：“校核：……”。命令行：zhiji check 文件、zhiji review 文件 -o 输出.docx。",
    Intent.SIMILAR: "查重目前在命令行：zhiji similar 文稿.docx，逐句列出往年报告里已有的句子和出处。起草时照抄往年的句子，“起草”里的校核也会指出。",
    Intent.TEMPLATE: "套用单位自己的 Word 模板：到“起草”的“导出选项”选模板。模板里的标签先检查一遍：zhiji template 模板.docx，会指出哪个标签写错、样式对应什么。",
    Intent.TAKE: "导出后在 Word 里改过的文件，用命令行取回文稿：zhiji take 文件.docx，改动的数字会逐个点明。",
    Intent.COMPARE_FILES: "比对两个版本：同一份文稿的各稿在“起草”的“版本”里对照；两个文件用 zhiji compare 旧.docx 新.docx，改动标成 Word 修订，改动的数字排在最前。",
    Intent.LIBRARY: "往年报告在“资料库”里上传、改年度和单位、删除；每份文件读入的结果会逐条说明。命令行：zhiji index 文件夹、zhiji describe 文件。",
}

HELP = """我可以：
· 查往年报告：“往年怎么写预算执行率偏低”“民政局2023年的存在问题”
· 解释得分：“网络议政征集意见条数为什么扣分”，测算：“差多少分到优”
· 查数字：“协商平台经费的执行率是多少”
· 起草或改写一段：“写存在的主要问题”“把存在问题写短一点”
· 问题与措施对照：“有哪些问题，各自怎么改进”
· 校核：“校核：全年执行数为297.53万元”，或“校核文稿”
· 列出表格问题：“表里有什么问题”
· 与上年比：“和去年比怎么样”，与同类比：“执行率在同类里排第几”
· 改一个数：“把协商议事活动场次改成7场”（先给您看，您说“是”才改，改后可“撤销”）
· 导出：“导出Word”“导出PDF”“打包”“导出自评表”
· 指路：审稿、查重、Word模板、取回改过的文件、比对版本、资料库
也可以用 / 开头的命令：/查 /得分 /数字 /写 /改写 /问题 /校核 /校核文稿 /审稿 /表格问题 /上年 /提分 /同类 /改 /导出 /撤销
没有配置模型服务时，我不会自由聊天，也不会润色任意一段话。"""
