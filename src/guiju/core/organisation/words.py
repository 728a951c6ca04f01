"""The closed sets of words in which an organisation is told (domain.md, section 1)."""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class UnitKind(Term):
    """What kind of body a unit is."""

    REGION = "region", zh("县市区")
    PARTY = "party", zh("党委")
    GOVERNMENT = "government", zh("政府")
    PARTY_OFFICE = "party_office", zh("党委部门")
    DEPARTMENT = "department", zh("政府部门")
    ASSEMBLY = "assembly", zh("人大政协")
    JUSTICE = "justice", zh("法院检察院")
    PEOPLES_ORGANISATION = "peoples_organisation", zh("群团组织")
    TOWNSHIP = "township", zh("乡镇")
    INSTITUTION = "institution", zh("事业单位")
    SCHOOL = "school", zh("学校")
    ENTERPRISE = "enterprise", zh("国有企业")
    VILLAGE = "village", zh("村社")
    SUPERVISOR = "supervisor", zh("监督机构")
    OFFICE = "office", zh("内设机构")


class Profile(Term):
    """By which set of labels, chains and clocks a body works (design.md, promise 4)."""

    COUNTY = "county", zh("县")
    BUREAU = "bureau", zh("局")
    SCHOOL = "school", zh("校")


class LeaderLevel(Term):
    """How a post stands in its unit."""

    HEAD = "head", zh("正职")
    DEPUTY = "deputy", zh("副职")
    MIDDLE = "middle", zh("中层")
    STAFF = "staff", zh("经办")


class Function(Term):
    """What a leader may be in charge of."""

    PERSONNEL = "personnel", zh("人事")
    FINANCE = "finance", zh("财务")
    WORKS = "works", zh("工程")
    PROCUREMENT = "procurement", zh("采购")
    APPROVAL = "approval", zh("审批")


class AppointmentKind(Term):
    """In what way somebody holds a post."""

    REGULAR = "regular", zh("任职")
    ACTING = "acting", zh("代理")
    CONCURRENT = "concurrent", zh("兼任")
    PRESIDING = "presiding", zh("主持")


class ResponsibilityKind(Term):
    """What a holder answers for (S0-08: 岗位责任人、领导责任人)."""

    POST = "post", zh("岗位责任")
    LEADER = "leader", zh("领导责任")


class PartyStanding(Term):
    """政治面貌, in the order of GB/T 4762."""

    MEMBER = "member", zh("中共党员")
    PROBATIONARY = "probationary", zh("中共预备党员")
    YOUTH_LEAGUE = "youth_league", zh("共青团员")
    REVOLUTIONARY_COMMITTEE = "revolutionary_committee", zh("民革党员")
    DEMOCRATIC_LEAGUE = "democratic_league", zh("民盟盟员")
    NATIONAL_CONSTRUCTION = "national_construction", zh("民建会员")
    PROMOTING_DEMOCRACY = "promoting_democracy", zh("民进会员")
    PEASANTS_AND_WORKERS = "peasants_and_workers", zh("农工党党员")
    ZHI_GONG = "zhi_gong", zh("致公党党员")
    JIU_SAN = "jiu_san", zh("九三学社社员")
    TAIWAN_LEAGUE = "taiwan_league", zh("台盟盟员")
    NO_PARTY = "no_party", zh("无党派人士")
    MASSES = "masses", zh("群众")


class ChangeKind(Term):
    """What taking in a row does."""

    NEW = "new", zh("新增")
    CHANGED = "changed", zh("修改")
    ENDED = "ended", zh("撤销或结束")


class Shell(Term):
    """With which shell the people of a unit begin (S3-02)."""

    FULL = "full", zh("完整界面")
    SIMPLE = "simple", zh("简明界面")
