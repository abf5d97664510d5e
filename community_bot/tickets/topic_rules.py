"""Topics and markets of questions, and which of them a question's words point to."""

from collections.abc import Mapping, Sequence

TOPICS: Mapping[str, tuple[str, ...]] = {
    "account": (
        "账号",
        "二审",
        "封号",
        "申诉",
        "冻结",
        "违规",
        "审核",
        "关联",
        "appeal",
        "suspend",
    ),
    "ads": ("广告", "投放", "投流", "千川", "acos", "roas", "竞价", "gmv max", "campaign", " ads"),
    "compliance": ("合规", "gpsr", "认证", "ce标", "商标", "侵权", "专利", "epr", "资质", "欧代"),
    "content": (
        "短视频",
        "视频",
        "直播",
        "脚本",
        "达人",
        "红人",
        "剪辑",
        "内容",
        "creator",
        "live",
    ),
    "listing": ("listing", "标题", "主图", "详情页", "关键词", "五点", "上架", "评论", "review"),
    "logistics": ("物流", "发货", "海外仓", "头程", "fba", "fbt", "运费", "清关", "仓库", "退货"),
    "payout": ("回款", "提现", "结算", "收款", "派安盈", "payoneer", "保证金", "打款", "payout"),
    "sourcing": ("选品", "供应链", "货源", "1688", "爆款", "竞品", "类目", "sourcing"),
    "tax": ("税", "vat", "w8", "w-8", "发票", "报税", "ioss", "sales tax"),
    "tiktok_shop": ("tiktok", "tk", "小店", "tts", "开店", "入驻"),
}
MARKETS: Mapping[str, tuple[str, ...]] = {
    "US": ("美国", "美区", "美站", "美国站", "北美"),
    "EU": ("欧盟", "欧洲", "欧区", "德国", "法国", "意大利", "西班牙", "gpsr"),
    "UK": ("英国", "英区", "英站"),
    "JP": ("日本", "日区", "日站"),
    "SEA": ("东南亚", "泰国", "越南", "马来", "菲律宾", "新加坡", "印尼"),
    "MX": ("墨西哥", "拉美", "巴西"),
}


def topics_of(tier_topics: Sequence[str]) -> tuple[str, ...]:
    """Return the topics that a tier may ask about; one that names none may ask about all."""
    return tuple(tier_topics) or tuple(TOPICS)


def guess_topic(words: str, allowed: Sequence[str]) -> str | None:
    """Return the topic that most words point to; None where none or two as many do."""
    among = {topic: TOPICS.get(topic, ()) for topic in allowed}
    return _best(words.lower(), {topic: (*signs, topic) for topic, signs in among.items()})


def guess_market(words: str) -> str | None:
    """Return the market that the words name, if it is one."""
    named = {code: signs for code, signs in MARKETS.items() if code in _codes(words)}
    return _best(words.lower(), MARKETS) or (next(iter(named)) if len(named) == 1 else None)


def _codes(words: str) -> set[str]:
    """Return what stands between signs of other scripts in capitals: 'US站' names US."""
    spaced = "".join(sign if sign.isascii() and sign.isalpha() else " " for sign in words)
    return set(spaced.split())


def _best(words: str, signs: Mapping[str, Sequence[str]]) -> str | None:
    counted = sorted(
        ((sum(sign in words for sign in of), code) for code, of in signs.items()), reverse=True
    )
    if not counted or counted[0][0] == 0:
        return None
    is_tied = len(counted) > 1 and counted[1][0] == counted[0][0]
    return None if is_tied else counted[0][1]
