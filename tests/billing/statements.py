"""Statements as WeChat, Alipay and banks write them: the head, the table, and what is behind it."""

WECHAT_HEAD = (
    "微信支付账单明细,,,,,,,,\n微信昵称：[同行会],,,,,,,,\n"
    "起始时间：[2026-03-01 00:00:00] 终止时间：[2026-03-03 00:00:00],,,,,,,,\n"
    "共2笔记录,,,,,,,,\n,,,,,,,,\n----------------------微信支付账单明细列表--------------------,,,,,,,,\n"
    "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n"
)
ALIPAY_HEAD = (
    "------------------------------------------------------------------------------------\n"
    "导出信息：\n姓名：陈总\n支付宝账户：pay@example.com\n"
    "起始时间：[2026-03-01 00:00:00]    终止时间：[2026-03-03 00:00:00]\n"
    "------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------\n"
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\n"
)


def wechat(*lines: tuple[str, str], direction: str = "收入", state: str = "已存入零钱") -> bytes:
    """Return a person's bill of WeChat with (number, amount) lines."""
    rows = [
        f'2026-03-02 10:1{at}:00,转账,王敏,"转账备注:微信转账",{direction},¥{amount},/,{state},'
        f'"{number}\t","/\t","/"\n'
        for at, (number, amount) in enumerate(lines)
    ]
    return ("\ufeff" + WECHAT_HEAD + "".join(rows)).encode()


def alipay(*lines: tuple[str, str]) -> bytes:
    """Return a person's bill of Alipay, in GBK."""
    rows = [
        f"2026-03-02 11:0{at}:00,转账红包,李强,li***@163.com,转账,收入,{amount},余额,交易成功,"
        f"{number}\t,,,\n"
        for at, (number, amount) in enumerate(lines)
    ]
    return (ALIPAY_HEAD + "".join(rows)).encode("gb18030")


def bank(*lines: tuple[str, str]) -> bytes:
    """Return a bank's list: day and clock apart, money in and out in columns of their own."""
    head = "账号：7559 0000,\n交易日期\t交易时间\t支出\t收入\t余额\t对方户名\t交易流水号\t摘要\n"
    rows = [
        f'20260302\t10150{at}\t\t"{amount}"\t10,000.00\t张伟\t{number}\t转账\n'
        for at, (number, amount) in enumerate(lines)
    ]
    spent = "20260302\t120000\t50.00\t\t9,950.00\t某某\tABC20260302009\t手续费\n"
    return (head + "".join(rows) + spent).encode("gb18030")
