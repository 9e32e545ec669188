"""The checker on times, plans, words and names, in the ways that reports and memos put them.

The rows are built as those of `test_checker_phrasings`.
"""

import pytest
from test_checker import make_report
from test_checker_phrasings import DONE, TWINS, failed, kinds, widths

from summarizer.checker import check_text

TIMES = [
    pytest.param(
        "上半年新开工项目34个,全年新开工项目71个。",
        "上半年新开工项目34个。", "全年新开工项目34个。", "period",
        id="half a year told as the whole",
    ),
    pytest.param(
        "上半年新开工项目34个。", "上半年，项目新开工34个。", "下半年新开工项目34个。", "period",
        id="one half told as the other",
    ),
    pytest.param(
        "2023年新开工项目71个。", "全年新开工项目71个。", "上半年新开工项目71个。", "period",
        id="a whole year told as half",
    ),
    pytest.param(
        "前三季度完成技改投资28.4亿元。",
        "前三季度技改投资28.4亿元。", "全年完成技改投资28.4亿元。", "period",
        id="three quarters told as the year",
    ),
    pytest.param(
        "“十四五”期间新建污水管网210公里。",
        "“十四五”期间，新建污水管网210公里。", "“十三五”期间新建污水管网210公里。", "name",
        id="the plan before",
    ),
    pytest.param(
        "“十四五”时期,新建污水管网210公里。",
        "五年间新建污水管网210公里。", "2023年新建污水管网210公里。", "period",
        id="a plan's years are five",
    ),
    pytest.param(
        "五年来,新增学位3.2万个,改造校舍64栋。",
        "五年来改造校舍64栋。", "2023年改造校舍64栋。", "period",
        id="five years told as one",
    ),
    pytest.param(
        "2023年,新增学位6400个。", "全年新增学位6400个。", "五年来新增学位6400个。", "period",
        id="one year told as five",
    ),
    pytest.param(
        "2021年至2023年,累计拆除违法建设18.6万平方米。",
        "三年间，累计拆除违法建设18.6万平方米。", "五年间，累计拆除违法建设18.6万平方米。",
        "period",
        id="三年间 from the first and the last year",
    ),
    pytest.param(
        "2023年,2022年度审计工作报告反映的问题完成整改173项。",
        "2023年，对2022年度审计工作报告反映的问题完成整改173项。",
        "2023年，对2021年度审计工作报告反映的问题完成整改173项。", "period",
        id="the year that is part of a report's name",
    ),
    pytest.param(
        "落实2022年度审计工作报告整改要求,追回财政资金340万元。",
        "落实2022年度审计工作报告整改要求，追回财政资金340万元。", "2022年追回财政资金340万元。",
        "period",
        id="the year of a report's name told of a figure",
    ),
    pytest.param(
        "3月12日启动普法宣传月活动,9月20日举办法治文艺汇演。",
        "3月12日启动普法宣传月活动。", "9月20日启动普法宣传月活动。", "date",
        id="another date before the same words",
    ),
    pytest.param(
        "2021年获评省级法治县,2023年入选全国创建单位。",
        "2021年获评省级法治县。", "2023年获评省级法治县。", "period",
        id="another year before the same words",
    ),
    pytest.param(
        "办结事项560件(2022年为480件),同比增长16.7%。",
        "办结事项560件，同比增长16.7%。", "2022年办结事项480件，同比增长16.7%。", "subject",
        id="the growth goes with this year's figure, not with that in brackets",
    ),
    pytest.param(
        "接待游客恢复到2019年的71.5%;法治文化公园接待83.5万人次。",
        "法治文化公园接待83.5万人次。", "法治文化公园2019年接待83.5万人次。", "period",
        id="a year that ends with its clause",
    ),
    pytest.param(
        "营商测评连续两年进入第一方阵。近三年培训联络员640人。",
        "营商测评连续两年进入第一方阵。", "营商测评连续三年进入第一方阵。", "subject",
        id="连续 says how long, and frames nothing",
    ),
    pytest.param(
        "其余11件结转下年办理。", "其余11件结转2024年办理。", "其余11件结转2025年办理。", "period",
        id="下年 by its number",
    ),
    pytest.param(
        "2018年到2023年,工业贡献率从17.1%提升到35.1%。",
        "工业贡献率由2018年的17.1%升至2023年的35.1%。",
        "工业贡献率由2018年的35.1%升至2023年的17.1%。",
        "subject",
        id="both ends of a range of years",
    ),
    pytest.param(
        "五一、国庆假期检查景区892家次。",
        "国庆、五一假期检查景区892家次。", "元旦、春节假期检查景区892家次。", "subject",
        id="other holidays",
    ),
    pytest.param(
        "“十四五”时期水利投资比“十三五”时期增长120%,制造业年均增长10.3%。",
        "“十四五”时期制造业年均增长10.3%。", "“十三五”时期制造业年均增长10.3%。", "period",
        id="the plan that is only compared with",
    ),
    pytest.param(
        "实施行政处罚12.83万件(2022年为14.05万件)、行政强制1.62万件。",
        "行政处罚由2022年的14.05万件减少到12.83万件。",
        "行政处罚由2022年的12.83万件增加到14.05万件。", "subject",
        id="the year before in brackets, told as a movement",
    ),
    pytest.param(
        "五年生产原煤65亿吨,占全国近三成,为24个省份保供电煤20亿吨。全年原煤产量13.05亿吨。",
        "五年间原煤产量65亿吨，占全国近三成，为24个省份保供电煤20亿吨。",
        "全年原煤产量65亿吨，占全国近三成，为24个省份保供电煤20亿吨。", "subject",
        id="五年间 tells the five years' figure from the year's",
    ),
    pytest.param(
        "生产总值从2018年的3.6万亿元增长到2023年的4.9万亿元,财政收入从3826亿元增长到4398亿元。",
        "财政收入2018年为3826亿元，2023年达4398亿元。",
        "财政收入2018年为4398亿元。", "period",
        id="the two years of a movement hold for the next one",
    ),
    pytest.param(
        "复议人员年人均办案41件。", "复议人员人均每年办案41件。",
        "复议人员人均每月办案41件。", "unit",
        id="年人均 is 每年",
    ),
    pytest.param(
        "生产总值增长4%,快于2022年1.8个百分点。",
        "2023年生产总值增长4%，比上一年快1.8个百分点。",
        "2023年生产总值增长4%，比上一年慢1.8个百分点。", "direction",
        id="快于 a year is 比上一年快",
    ),
    pytest.param(
        "败诉率由上年回落1.9个百分点至4.8%。",
        "败诉率由上年回落1.9个百分点至4.8%。", "败诉率由上年上升1.9个百分点至4.8%。", "direction",
        id="由上年回落 is of this year",
    ),
    pytest.param(
        "超限率降至0.57%(2022年为0.92%)。卸载货物7.2万吨。",
        "超限率降至0.57%，2022年为0.92%，卸载货物7.2万吨。",
        "超限率降至0.57%，2022年卸载货物7.2万吨。", "period",
        id="a year that frames its own figure alone",
    ),
    pytest.param(
        "面对2023年7月至10月的旱情,投入资金2.36亿元。",
        "旱情严重的7月至10月，投入资金2.36亿元。",
        "旱情严重的6月至10月，投入资金2.36亿元。", "date",
        id="a range of months without its year",
    ),
    pytest.param(
        "现场检查次数由上年的5280次减至3917次,下降25.8%。",
        "现场检查次数下降25.8%，由上年的5280次减少到3917次。",
        "现场检查次数下降25.8%，由上年的3917次减少到5280次。", "subject",
        id="上年 is of where a movement starts",
    ),
    pytest.param(
        "组织案卷评查2次,上半年抽查案卷120份;下半年抽查案卷160份。",
        "上、下半年两次案卷评查共抽查案卷280份。", "下半年两次案卷评查抽查案卷160份。", "period",
        id="上、下半年 is the whole year",
    ),
]  # fmt: skip

PLANS = [
    pytest.param(
        "推广掌上复议平台,培育乡村法治带头人。",
        "将推广掌上复议平台。", "掌上复议平台已推广。", "period",
        id="已 behind the thing",
    ),
    pytest.param(
        "推广掌上复议平台,培育乡村法治带头人。",
        "下一步，培育乡村法治带头人。", "已培育乡村法治带头人。", "period",
        id="已 before the verb",
    ),
    pytest.param(
        "推广掌上复议平台,培育乡村法治带头人。",
        "推行柔性执法清单，下一步推广掌上复议平台。",
        "推行柔性执法清单，掌上复议平台已推广。", "period",
        id="已 in a clause behind what was done",
    ),
    pytest.param(
        "新建法治广场16个。", "计划新建法治广场16个。", "新建了法治广场16个。", "period",
        id="a planned figure under 了",
    ),
    pytest.param(
        "建成行政执法监督平台。", "2024年建成行政执法监督平台。", "2023年建成行政执法监督平台。",
        "period",
        id="建成 of the year reported on, in the plan's own words",
    ),
]  # fmt: skip

WORDS_AND_NAMES = [
    pytest.param(
        "稳步推进综合行政执法体制改革。",
        "综合行政执法体制改革稳步推进。", "综合行政执法体制改革全面完成。", "period",
        id="a reform told as completed",
    ),
    pytest.param(
        "推行柔性执法,公布轻微免罚清单。",
        "公布轻微免罚清单，推行柔性执法。", "推行柔性执法，引入量子存证技术。", "content",
        id="a clause invented without a figure",
    ),
    pytest.param(
        "推行柔性执法,公布轻微免罚清单。",
        "推行柔性执法并公布轻微免罚清单。", "公布轻微免罚清单并聘请哲学顾问。", "content",
        id="an invention in the clause of what is true",
    ),
    pytest.param(
        "第一、第二人民法院共建诉源治理工作站。",
        "第一、第二人民法院共建诉源治理工作站。", "第一、第三人民法院共建诉源治理工作站。", "name",
        id="numbered courts",
    ),
    pytest.param(
        "第二人民法院成立环境资源审判团队。",
        "第二人民法院成立了环境资源审判团队。", "第一人民法院成立环境资源审判团队。", "name",
        id="a numbered court that has no part in it",
    ),
    pytest.param(
        "市司法局牵头制定执法监督办法,市财政局落实专项经费保障。",
        "市财政局落实专项经费保障。", "市司法局落实专项经费保障。", "name",
        id="the organ that opens the clause",
    ),
    pytest.param(
        "市委依法治市办开展执法案卷评查。市信访局推行包案化解制度。",
        "市委依法治市办开展执法案卷评查。", "市信访局开展执法案卷评查。", "name",
        id="the organ of another sentence",
    ),
    pytest.param(
        "市中级人民法院发布行政审判白皮书。",
        "市中院发布行政审判白皮书。", "市税务局发布行政审判白皮书。", "name",
        id="a short name is the long one with characters left out",
    ),
    pytest.param(
        "青岩柑橘、丹阳板栗入选地理标志保护工程。",
        "青岩柑橘、丹阳板栗入选地理标志保护工程。", "云溪柑橘、丹阳板栗入选地理标志保护工程。",
        "name",
        id="a winner with another first word",
    ),
    pytest.param(
        "青岩柑橘产业入选全国优势特色集群。丹阳大力发展板栗。",
        "青岩柑橘产业入选全国优势特色集群。", "丹阳柑橘产业入选全国优势特色集群。", "name",
        id="a winner with a first word that the report has elsewhere",
    ),
    pytest.param(
        "青岩区获评全国法治示范区,东桥县获评全省平安县。",
        "获评全省平安县的是东桥县。", "获评全省平安县的是青岩区。", "name",
        id="获评…的是",
    ),
    pytest.param(
        "区政府严格落实“第一议题”制度,首先组织学习会26次。",
        "区政府组织学习会26次。", "区政府首次组织学习会26次。", "rank",
        id="第一议题 and 首先 are no first place",
    ),
    pytest.param(
        "青岩区、东桥县率先建成智慧矫正中心。",
        "率先建成智慧矫正中心的是青岩区、东桥县。", "率先建成智慧矫正中心的是青岩区、云溪县。",
        "name",
        id="…的是 with a list of places",
    ),
    pytest.param(
        "自然资源部推广我市节约用地经验。",
        "自然资源部推广节约用地经验。", "水利部推广节约用地经验。", "name",
        id="a ministry unknown to the report",
    ),
    pytest.param(
        "在青岩区、东桥县、云溪县设立巡回法庭。",
        "在青岩区、东桥县和云溪县设立巡回法庭。", "在青岩区、东桥县、丹阳县设立巡回法庭。", "name",
        id="a place of a list replaced",
    ),
    pytest.param(
        "青岩区、东桥县建成智慧矫正中心,云溪县筹建法律援助站。",
        "青岩区、东桥县建成智慧矫正中心。", "云溪县、东桥县建成智慧矫正中心。", "name",
        id="the first place of a list replaced by one named elsewhere",
    ),
    pytest.param(
        "支持保定、沧州、衡水建设区域物流枢纽。",
        "支持沧州、衡水、保定建设区域物流枢纽。", "支持保定、沧州、邢台建设区域物流枢纽。", "name",
        id="a city of a list replaced, by bare names",
    ),
    pytest.param(
        "创成国家级法治示范县。", "创成国家法治示范县。", "创成省级法治示范县。", "rank",
        id="国家 is 国家级",
    ),
    pytest.param(
        "12345热线受理诉求7.2万件。", "12345热线受理诉求7.2万件。", "12348热线受理诉求7.2万件。",
        "name",
        id="the number of a hotline",
    ),
    pytest.param(
        "发放消费券2600万元,撬动消费3.1亿元。",
        "2600万元消费券撬动消费3.1亿元，比例约1∶11.9。",
        "2600万元消费券撬动消费3.1亿元，比例约1∶15.9。",
        "name",
        id="a ratio of two amounts",
    ),
    pytest.param(
        "开展“守护”专项执法行动,开设“护航”法律讲堂。",
        "开展“守护”专项执法行动。", "开展“护航”专项执法行动。", "name",
        id="a quoted name in the place of another one",
    ),
    pytest.param(
        "获评“绿水青山”实践创新基地。",
        "获评“绿水青山”实践创新基地。", "获评“绿水青山”理论创新基地。", "name",
        id="the word behind a quoted name",
    ),
    pytest.param(
        "公证处办理公证1385件。", "公证处办理公证1385件。", "公证处获评全省优秀公证机构。", "name",
        id="an honour that nobody was given",
    ),
    pytest.param(
        "永和镇“茶香调解室”化解纠纷213件,被省司法厅评为全省优秀调解室。",
        "永和镇“茶香调解室”获评全省优秀调解室。", "永和镇“茶香调解室”获评全国优秀调解室。", "rank",
        id="被 opens no winner",
    ),
    pytest.param(
        "市场监督管理局归集信用信息1.76亿条。",
        "市场监管局归集信用信息1.76亿条。", "自然资源局归集信用信息1.76亿条。", "name",
        id="an organ's name with characters left out",
    ),
    pytest.param(
        "布局建设创新中心14个。", "江南布局建设创新中心14个。", "水利局建设创新中心14个。", "name",
        id="布局 is no organ",
    ),
    pytest.param(
        "应急管理部门检查企业3.2万家次。市场监管部门化解投诉614件。",
        "应急管理部门检查企业3.2万家次。", "市场监管部门检查企业3.2万家次。", "name",
        id="another department does it",
    ),
    pytest.param(
        "上半年城关区建成全市首个调处中心。清源区举办培训9期。",
        "城关区建成全市首个调处中心。", "清源区建成全市首个调处中心。", "name",
        id="a unit behind 上半年",
    ),
    pytest.param(
        "山洪灾害人员零伤亡。", "山洪灾害没有人员伤亡。", "山洪灾害造成人员伤亡。", "direction",
        id="零伤亡 is 没有伤亡",
    ),
    pytest.param(
        "东山入选全国夜经济城市,西河入选全国书香城市试点名单。",
        "东山、西河分别入选全国夜经济城市、全国书香城市试点名单。", "西河入选全国夜经济城市。",
        "name",
        id="awards of a list, each with its winner",
    ),
    pytest.param(
        "北山司法所被评为“五星级司法所”,南溪司法所获评“四星级司法所”。",
        "南溪司法所获评“四星级司法所”。", "南溪司法所被评为“五星级司法所”。", "name",
        id="an award by its quoted name",
    ),
    pytest.param(
        "盐亭县法院法官柳青被追授全国模范称号,三台县法院获评先进集体。",
        "盐亭县法院法官柳青被追授全国模范称号。", "三台县法院法官柳青被追授全国模范称号。", "name",
        id="a judge of another county's court",
    ),
    pytest.param(
        "丰城市农村宅基地改革入选典型案例,靖安县生态价值机制入选典型案例。",
        "丰城市农村宅基地改革入选典型案例。", "靖安县农村宅基地改革入选典型案例。", "name",
        id="丰城市 is a city",
    ),
    pytest.param(
        "成为全国第11个、东北首个获批的创新城市。",
        "成为东北首个获批的创新城市。", "成为全国首个获批的创新城市。", "rank",
        id="the first of a part of the country",
    ),
    pytest.param(
        "每万人律师3.7名,低于全省平均水平。调解成功率高于全省平均水平。",
        "每万人律师3.7名，低于全省平均水平。", "每万人律师3.7名，高于全省平均水平。", "subject",
        id="a comparison that is true of something else",
    ),
    pytest.param(
        "县医院、县医院分院获评全国文明称号。",
        "获评全国文明称号的是县医院、县医院分院。",
        "获评全省文明称号的是县医院、县医院分院。",
        "rank",
        id="a winner's name inside the next one's",
    ),
    pytest.param(
        "印发江政发〔2023〕14号文件,实行7*24小时值守。",
        "印发江政发[2023]14号文件，实行7×24小时值守。", "印发江政发〔2023〕15号文件。", "name",
        id="a document's number in another notation",
    ),
    pytest.param(
        "12348热线受理法律咨询1935人次。12345热线受理诉求3.4万件。",
        "12348热线受理法律咨询1935人次。", "12345热线受理法律咨询1935人次。", "name",
        id="the number of another hotline of the report",
    ),
    pytest.param(
        "深化“放管服”改革工作,开展“百日攻坚”专项行动。",
        "深化“放管服”各项工作，开展“百日攻坚”系列行动。",
        "深化“放管服”改革工作，开展“百日会战”行动。",
        "name",
        id="any word behind a quoted name that is no part of it",
    ),
    pytest.param(
        "社会消费品零售市场持续扩大。",
        "社会消费品零售市场持续扩大。", "社会消费品零售市场没有扩大。", "direction",
        id="零售 negates nothing",
    ),
    pytest.param(
        "成功举办国际马拉松比赛,全面部署安全生产整治。",
        "顺利举办国际马拉松比赛，认真部署安全生产整治。", "没有举办国际马拉松比赛。", "direction",
        id="举办 and 部署 are no organs",
    ),
    pytest.param(
        "第二批项目(12个)全部开工,投资30亿元。",
        "第二批项目(12个)全部开工，总投资30亿元。", "第三批项目(12个)全部开工，投资30亿元。",
        "name",
        id="a bracket behind a numbered name",
    ),
    pytest.param(
        "东山市获评全国法治示范市,南溪县入选全省候选地区名单。",
        "东山市入选全国法治示范市。", "南溪县入选全国法治示范市。", "name",
        id="入选 of one is no rival of 获评 of the other",
    ),
    pytest.param(
        "石泉县、平利县获评示范县。青石县获评先进县。",
        "石泉、平利两县获评示范县。", "石泉、青石两县获评示范县。", "name",
        id="two winners and what both are",
    ),
    pytest.param(
        "梯面镇、炭步镇分别被评为第一批、第二批法治示范镇。",
        "梯面镇获评第一批法治示范镇。", "梯面镇获评第三批法治示范镇。", "rank",
        id="第一批、第二批 are a list",
    ),
    pytest.param(
        "第八届中国国际进口博览会成交834亿元。第九届论坛举办。",
        "第八届进博会成交834亿元。", "第九届进博会成交834亿元。", "subject",
        id="第八届 of a shortened name",
    ),
    pytest.param(
        "组织13个乡镇和26个部门主要负责人述法。",
        "述法的乡镇和部门主要负责人中，有26个部门的。",
        "述法的青山镇和部门主要负责人中，有26个部门的。", "name",
        id="的乡镇 is no name",
    ),
    pytest.param(
        "推动更多关联事项“集成办”、容缺事项“承诺办”。",
        "推动更多容缺事项“承诺办”、关联事项“集成办”。",
        "推动更多容缺事项“承接办”、关联事项“集成办”。", "name",
        id="what follows a quoted name is the next of a list",
    ),
    pytest.param(
        "PM2.5平均浓度46微克,下降8%;PM10平均浓度78微克,下降5.2%。",
        "PM2.5、PM10平均浓度分别下降8%和5.2%。", "PM2.5、PM12平均浓度分别下降8%和5.2%。", "name",
        id="the last of a list of labels",
    ),
    pytest.param(
        "与东山市交通局印发《裁量基准》。",
        "该局与东山市交通局印发《裁量基准》。", "该局与东山市公安局印发《裁量基准》。", "name",
        id="该局 is who reports",
    ),
    pytest.param(
        "《山路》获普法微视频大赛二等奖。",
        "《山路》在普法微视频大赛中拿到二等奖。", "《山路》在普法微视频大赛中拿到三等奖。", "rank",
        id="拿到 is no part of the award",
    ),
    pytest.param(
        "与市司法局联合开展专项检查。",
        "江南市与市司法局联手开展专项检查。", "江南市与市公安局联手开展专项检查。", "name",
        id="who reports acts with another",
    ),
    pytest.param(
        "绿色产品首次出口韩国。", "绿色产品首次出口韩国。", "绿色产品首次出口日本。", "name",
        id="another country",
    ),
    pytest.param(
        "条例草案9月通过市政府常务会议审议。",
        "条例草案9月获市政府常务会议审议通过。", "条例草案10月获市政府常务会议审议通过。", "date",
        id="通过…审议 is 审议通过",
    ),
    pytest.param(
        "联络点覆盖美国、巴西等9个国家。",
        "联络点分布在美国、巴西等9国。", "联络点分布在美国、巴西等7国。", "name",
        id="9国 are 9个国家",
    ),
    pytest.param(
        "县医院与北京朝阳医院建立协作关系,引进专家18名。",
        "县医院引进专家18名，并与北京朝阳医院建立协作关系。",
        "县医院引进专家18名，并与北京协和医院建立协作关系。", "name",
        id="并与 is no part of an organ's name",
    ),
    pytest.param(
        "全面落实市政府常务会议学法制度,学法14次。",
        "江南市政府常务会议学法14次。", "洛阳市政府常务会议学法14次。", "name",
        id="the region's name for its level",
    ),
]  # fmt: skip


@widths
@pytest.mark.parametrize(TWINS, TIMES)
def test_a_figure_belongs_to_its_time(
    told: str, right: str, wrong: str, kind: str, wide: bool
) -> None:
    assert failed(told, right, wide=wide) == []
    assert kind in kinds(failed(told, wrong, wide=wide))


@widths
@pytest.mark.parametrize(("planned", *TWINS[1:]), PLANS)
def test_what_is_only_planned_is_not_done(
    planned: str, right: str, wrong: str, kind: str, wide: bool
) -> None:
    assert failed("", right, wide=wide, planned=planned) == []
    assert kind in kinds(failed("", wrong, wide=wide, planned=planned))


@widths
@pytest.mark.parametrize(TWINS, WORDS_AND_NAMES)
def test_words_and_names_come_from_the_report(
    told: str, right: str, wrong: str, kind: str, wide: bool
) -> None:
    assert failed(told, right, wide=wide) == []
    assert kind in kinds(failed(told, wrong, wide=wide))


@widths
@pytest.mark.parametrize(
    "claim",
    [
        pytest.param("柔性执法成效显著，公布轻微免罚清单。", id="praise"),
        pytest.param("报告承认，基层执法装备较为陈旧。", id="who says it"),
        pytest.param("报告坦言，基层执法装备仍较为陈旧，亟待改善。", id="a wish of the memo's"),
        pytest.param("在优化营商环境方面，推行柔性执法。", id="a label before what it names"),
        pytest.param("主要做法：推行柔性执法，公布轻微免罚清单。", id="a heading in the line"),
    ],
)
def test_words_of_any_memo_are_no_invention(claim: str, wide: bool) -> None:
    assert failed("推行柔性执法,公布轻微免罚清单。", claim, wide=wide) == []


@pytest.mark.parametrize(
    ("region", "name"),
    [
        pytest.param("滁州市", "滁州", id="州 inside the name of a city"),
        pytest.param("贵州省", "贵州", id="州 inside the name of a province"),
        pytest.param("江苏省连云港市", "连云港", id="behind the province"),
        pytest.param("枣庄市市中区", "枣庄市市中区", id="市 inside the name of a district"),
        pytest.param("恩施土家族苗族自治州", "恩施土家族苗族自治州", id="an autonomous prefecture"),
    ],
)
def test_the_region_may_be_called_by_its_name_for_the_report_s_own_words(
    region: str, name: str
) -> None:
    report = make_report(f"{DONE}我市代表团获金牌48枚,居全省第5位。\n")
    report = report.model_copy(update={"region": region})
    assert check_text(f"{name}代表团获金牌48枚。", report).supported
    assert not check_text(f"{name}代表团获金牌84枚。", report).supported
