"""Everyday words, and under which words the lists have the same thing.

People ask for 开餐馆; the lists say 食品经营许可. A word that is not here is looked for as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

_LINES = """
餐馆 饭店 饭馆 小吃 餐厅 = 餐饮 食品经营
开店 开公司 办公司 注册公司 营业执照 = 设立登记 企业登记 市场主体 个体工商户
超市 小卖部 便利店 = 食品经营 食品销售 烟草专卖零售
摆摊 地摊 = 占道 占用城市道路 食品摊贩
宾馆 旅馆 酒店 民宿 = 特种行业 旅馆业 公共场所卫生
理发 美容 浴室 游泳馆 = 公共场所卫生
药店 = 药品经营
诊所 = 医疗机构
网吧 = 互联网上网服务
歌厅 游戏厅 = 娱乐场所
盖房 建房 自建房 = 宅基地 建设工程规划 乡村建设规划 建筑工程施工
拆房 拆迁 = 征收 拆除
装修 = 建筑工程施工 室内装饰
买房 卖房 房产证 过户 = 不动产登记 商品房
招牌 广告牌 门头 = 户外广告 设置招牌
砍树 伐木 = 林木采伐
挖沙 挖砂 = 采砂
打井 取水 = 取水许可
养鱼 养猪 养殖场 = 养殖 动物防疫
开车 驾照 = 机动车驾驶证 道路运输
出租车 网约车 = 出租汽车
货车 = 货物运输 道路运输
挖路 破路 = 挖掘道路 占用 挖掘城市道路
幼儿园 民办学校 培训班 = 民办学校 办学许可 教育机构
上学 入学 转学 = 招生 学籍
教师证 = 教师资格
结婚 离婚 = 婚姻登记
领养 收养 = 收养登记
生孩子 准生证 = 生育登记
户口 身份证 = 户籍 居民身份证
低保 困难补助 = 最低生活保障 救助
残疾 = 残疾人
养老 = 养老机构 基本养老
医保 看病 = 医疗保障 基本医疗
工伤 = 工伤认定
欠薪 拖欠工资 = 劳动保障监察 工资
退伍 当兵 = 退役军人 优待抚恤
社团 协会 = 社会团体
寺庙 = 宗教活动场所
噪音 噪声 油烟 = 环境噪声 污染
排污 污水 = 排污许可 排水
罚款 被罚 = 处罚
补贴 补助 = 给付 补助
投标 招标 = 招标投标 政府采购
"""


def _read(lines: str) -> dict[str, tuple[str, ...]]:
    pairs = (line.split(" = ") for line in lines.split("\n") if line)
    return {word: tuple(of.split()) for words, of in pairs for word in words.split()}


EVERYDAY: Mapping[str, tuple[str, ...]] = _read(_LINES)
"""From what people say to what lists say."""

_HOLLOW = (
    "办理什么 要办什么 要什么 需要什么 有什么 哪些 什么 手续 怎么办 怎么 怎样 如何"
    " 在哪里 在哪 哪里 哪儿 多少钱 多久 多长时间 我想 我要 想要 需要 可以"
    " 请问 申请 办理 去哪 找谁 为什么 吗 呢 的"
)
HOLLOW = tuple(sorted(_HOLLOW.split(), key=len, reverse=True))
"""Words of questions, which say nothing of what is looked for; the longest first."""
