//! The headings of each role: those of the known systems first, then general ones in several languages.
//!
//! Headings of a role stand in the order of preference: the first one that the file has counts.

use crate::records::options::{Preset, Role};

/// Headings of a role.
pub(super) struct Aliases {
    /// The role.
    pub(super) role: Role,
    /// The system; none for headings of any system.
    pub(super) preset: Option<Preset>,
    /// The headings, with bars between.
    pub(super) headings: &'static str,
}

const fn of(preset: Preset, role: Role, headings: &'static str) -> Aliases {
    Aliases { role, preset: Some(preset), headings }
}

const fn any(role: Role, headings: &'static str) -> Aliases {
    Aliases { role, preset: None, headings }
}

use Preset::{AmoCrm, Bitrix24, HubSpot, Pipedrive, Salesforce, Zoho};

/// Headings of exports with one row a deal.
pub(super) const DEALS: &[Aliases] = &[
    of(
        Bitrix24,
        Role::Expected,
        "Предполагаемая дата закрытия|Expected close date|CLOSEDATE|Estimated completion",
    ),
    of(Bitrix24, Role::IsClosed, "Сделка закрыта|Closed|CLOSED"),
    of(Bitrix24, Role::Amount, "Сумма|Total|OPPORTUNITY|Сумма/Валюта|Amount"),
    of(Bitrix24, Role::Stage, "Стадия сделки|Стадия|Stage|STAGE_ID"),
    of(Bitrix24, Role::Status, "STAGE_SEMANTIC_ID|Группа стадии"),
    of(Bitrix24, Role::Since, "MOVED_TIME|Дата изменения стадии|Дата смены стадии"),
    of(
        Bitrix24,
        Role::Funnel,
        "Воронка|Направление|Pipeline|CATEGORY|CATEGORY_ID|Направление сделки",
    ),
    of(Bitrix24, Role::Reason, "Причина отказа|Причина провала|Причина"),
    of(Bitrix24, Role::Name, "Название сделки|Сделка|Deal Name|TITLE|Название"),
    of(Bitrix24, Role::Modified, "Дата изменения|DATE_MODIFY|Modified on|Modified"),
    of(AmoCrm, Role::Stage, "Этап сделки|Этап|Lead status|Status|Статус сделки|Stage"),
    of(AmoCrm, Role::Reason, "Причина отказа|Причина закрытия|Loss reason"),
    of(AmoCrm, Role::Modified, "Дата редактирования|Updated at|Last modified"),
    of(AmoCrm, Role::Amount, "Бюджет|Sale|Lead sale|Budget|Price"),
    of(HubSpot, Role::Id, "Record ID|hs_object_id|Deal ID"),
    of(HubSpot, Role::Since, "Date entered current stage|hs_v2_date_entered_current_stage"),
    of(HubSpot, Role::IsClosed, "Is Deal Closed?|hs_is_closed"),
    of(HubSpot, Role::Reason, "Closed Lost Reason|closed_lost_reason"),
    of(
        HubSpot,
        Role::Source,
        "Original Source|Original Source (Traffic Source)|Original Traffic Source|hs_analytics_source",
    ),
    of(Salesforce, Role::Id, "Opportunity ID|Id|OpportunityId"),
    of(Salesforce, Role::Since, "Last Stage Change Date|LastStageChangeDate"),
    of(Salesforce, Role::Currency, "Amount Currency|CurrencyIsoCode|Currency|Opportunity Currency"),
    of(Salesforce, Role::Funnel, "Opportunity Record Type|Record Type|RecordTypeId"),
    of(Pipedrive, Role::Id, "ID|Pipedrive System ID"),
    of(Pipedrive, Role::Closed, "Deal closed on|Closed on|close_time"),
    of(Pipedrive, Role::Currency, "Currency|Currency of Value"),
    of(Pipedrive, Role::Source, "Source channel|Source origin|Source"),
    of(Zoho, Role::Id, "Record Id|id|Deal Id"),
    of(Zoho, Role::Expected, "Closing Date|Closing_Date"),
    of(Zoho, Role::Reason, "Reason For Loss|Lost Reason|Reason_For_Loss__s"),
    any(
        Role::Id,
        "Deal ID|ID сделки|Opportunity ID|Record ID|Lead ID|ID|Case ID|case_id|case|MQL ID|Номер сделки|Код сделки|Идентификатор|Deal Number|Номер|№|№ сделки|\
         Deal-ID|Datensatz-ID|Opportunity-ID|Vorgangsnummer|Nummer",
    ),
    any(
        Role::Created,
        "Created Date|Create Date|Created Time|Created at|Created on|Deal created|Deal created on|Date created|Creation date|\
         DATE_CREATE|Add time|Дата создания сделки|Дата создания|Создана|Создано|Сделка создана|Created|Registered at|Engage date|\
         First contact date|Date opened|Open date|Opened|Дата открытия|Дата заявки|Дата обращения|Start date|Vytvořeno|\
         Obchod vytvořen|Erstellt am|Erstellungsdatum|Erstelldatum|Angelegt am|Deal erstellt|Hinzugefügt am|Date de création|Fecha de creación|Data de criação|Data utworzenia",
    ),
    any(
        Role::Closed,
        "Actual close date|Closed date|Closed at|Closed on|Closed time|Date closed|Close Date|Decided at|End date|Дата закрытия|\
         Дата завершения сделки|Дата завершения|Abschlussdatum|Geschlossen am|Abgeschlossen am|Date de clôture|Fecha de cierre|Data de fechamento|\
         Datum uzavření|Closing Date",
    ),
    any(
        Role::Expected,
        "Expected close date|Expected close|Planned close date|Estimated close date|Предполагаемая дата закрытия|\
         Плановая дата закрытия|Ожидаемая дата закрытия|Očekávané datum uzavření|Voraussichtliches Abschlussdatum|\
         Erwartetes Abschlussdatum|Geplantes Abschlussdatum",
    ),
    any(Role::WonAt, "Won time|Won date|Won on|Дата выигрыша|Время выигрыша|Čas výhry|Gewonnen am"),
    any(
        Role::LostAt,
        "Lost time|Lost date|Lost on|Дата проигрыша|Время проигрыша|Čas prohry|Verloren am",
    ),
    any(
        Role::Stage,
        "Deal stage|Stage|Stage name|Стадия сделки|Этап сделки|Стадия|Этап|STAGE_ID|Lead status|Fáze|Phase|Deal-Phase|Verkaufsphase|Stufe|Etapa|Étape|Etap",
    ),
    any(
        Role::Status,
        "Deal status|Status|Статус сделки|Статус|Outcome|Result|Результат|Исход|Stav|Case outcome|State",
    ),
    any(
        Role::IsClosed,
        "Is Closed|IsClosed|Is Deal Closed?|Closed|Сделка закрыта|Закрыта|Закрыто|Завершена|Завершено",
    ),
    any(Role::IsWon, "Is Closed Won|Is Won|IsWon|Won|hs_is_closed_won"),
    any(Role::IsLost, "Is Closed Lost|Is Lost|Lost|hs_is_closed_lost"),
    any(
        Role::Amount,
        "Amount|Deal amount|Deal value|Case value|Value|Total|Бюджет|Сумма сделки|Сумма|Стоимость|Close value|Sale|Price|Revenue|\
         Hodnota|Wert|Betrag|Deal-Wert|Auftragswert|Montant|Importe|Valor|Wartość|Сумма/Валюта",
    ),
    any(
        Role::Currency,
        "Currency|Amount Currency|Currency of Value|CurrencyIsoCode|Валюта|CURRENCY_ID|Měna|Währung|Devise|Moneda|Moeda|Waluta",
    ),
    any(
        Role::Owner,
        "Deal owner|Deal Owner Name|Opportunity Owner|Owner|Owner name|Responsible|Responsible person|ASSIGNED_BY|ASSIGNED_BY_ID|\
         Ответственный|Менеджер|Sales agent|Sales rep|Salesperson|hubspot_owner_id|Vlastník|Manager|Agent|Besitzer|Eigentümer|Inhaber|Deal-Inhaber|Deal-Eigentümer|Verantwortlich|Zuständig|\
         Propriétaire|Propietario|Proprietário|Продавец|Владелец|Владелец сделки",
    ),
    any(
        Role::Funnel,
        "Pipeline|Воронка|Воронка продаж|Направление|Funnel|Record Type|Opportunity Record Type|CATEGORY_ID",
    ),
    any(
        Role::Reason,
        "Lost reason|Loss reason|Reason for loss|Closed Lost Reason|Lose reason|Причина отказа|Причина закрытия|\
         Причина проигрыша|Důvod prohry|Причина|Reason|Verlustgrund|Grund für Verlust|Grund des Verlusts|Motif de perte",
    ),
    any(
        Role::Source,
        "Lead Source|Source|Original Source|Deal source|Источник сделки|Источник|SOURCE_ID|Source channel|Source origin|\
         Origin|Канал|Case source|Zdroj|Quelle|Origen",
    ),
    any(
        Role::Since,
        "Last stage change|Last Stage Change Date|Stage since|Stage changed at|Date entered current stage|MOVED_TIME|\
         Дата смены стадии|Дата изменения стадии|Stage change date|In stage since|On stage since|Stage entered|\
         Дата перехода на этап|Дата смены этапа|На этапе с|На стадии с",
    ),
    any(
        Role::Chance,
        "Win probability|Probability|Probability (%)|Вероятность|PROBABILITY|Deal probability",
    ),
    any(
        Role::Modified,
        "Last Modified Date|Last modified|Modified Time|Date modified|DATE_MODIFY|Updated at|Update time|Дата изменения|\
         Дата редактирования|hs_lastmodifieddate",
    ),
    any(
        Role::Asked,
        "Asked amount|Asked|Quoted amount|Quote amount|Offer amount|Offered amount|Proposal amount|Proposed amount|Initial amount|\
         Сумма КП|Сумма предложения|Запрошенная сумма|Начальная сумма|Первоначальная сумма",
    ),
    any(
        Role::Next,
        "Next activity date|Next activity|Next contact date|Next contact|Next step date|Next call|Next task date|Follow-up date|\
         Next follow-up|notes_next_activity_date|hs_next_activity_date|Дата следующей активности|Следующая активность|\
         Дата следующего контакта|Следующий контакт|Дата следующего шага|Следующий шаг|Следующее действие|Ближайшая задача|\
         Дата ближайшей задачи|Datum příští aktivity|Další aktivita",
    ),
    any(Role::Product, "Product|Товар|Продукт|Product name|Produkt|Produit|Producto|Produto"),
    any(
        Role::Name,
        "Deal name|Title|Opportunity Name|Lead title|Название сделки|Название|Name|Deal title|Deal-Name|Titel|Bezeichnung",
    ),
];

/// Headings of event logs.
pub(super) const LOG: &[Aliases] = &[
    any(
        Role::Case,
        "case:concept:name|Case ID|case_id|Case|CaseID|Trace|Trace ID|Deal ID|Deal|ID сделки|Сделка|Кейс|Opportunity ID|ID|Заявка",
    ),
    any(
        Role::Activity,
        "concept:name|Activity|Activity name|Event name|Task name|Event|Task|Operation|Действие|Операция|Задача|Событие",
    ),
    any(
        Role::Start,
        "start_timestamp|Start time|Start timestamp|Start|Started|Started at|Начало|Дата начала|Время начала|start:timestamp",
    ),
    any(
        Role::End,
        "time:timestamp|End time|Complete timestamp|Complete time|End timestamp|End|Ended|Ended at|Timestamp|Time|\
         Окончание|Конец|Дата окончания|Время окончания|Время|Дата",
    ),
    any(
        Role::Resource,
        "org:resource|Resource|User|Person|Agent|Owner|Исполнитель|Сотрудник|Ответственный|Пользователь",
    ),
    any(Role::Lifecycle, "lifecycle:transition|Lifecycle|Transition|Lifecycle transition"),
    any(Role::Ready, "ready_timestamp|Ready time"),
    any(Role::Status, "case:outcome|Case outcome|Outcome"),
    any(Role::Amount, "case:value|case:AMOUNT_REQ|Case value|case:amount"),
    any(Role::Source, "case:source|Case source"),
];

/// A history of stages: the headings by which it is known, and its roles.
pub(super) struct History {
    /// All of these must be there; bars stand between those of which one is enough.
    pub(super) needs: &'static [&'static str],
    /// The system, where only one writes it so.
    pub(super) preset: Option<Preset>,
    /// Headings of roles, with bars between.
    pub(super) roles: &'static [(Role, &'static str)],
}

/// Histories of stages of the systems, then one in general words.
pub(super) const HISTORIES: &[History] = &[
    History {
        needs: &["OWNER_ID", "CREATED_TIME", "STAGE_ID|STAGE_SEMANTIC_ID"],
        preset: Some(Bitrix24),
        roles: &[
            (Role::Id, "OWNER_ID"),
            (Role::Since, "CREATED_TIME"),
            (Role::Stage, "STAGE_ID"),
            (Role::Status, "STAGE_SEMANTIC_ID"),
            (Role::Funnel, "CATEGORY_ID"),
        ],
    },
    History {
        needs: &["entity_id", "value_after", "created_at"],
        preset: Some(AmoCrm),
        roles: &[
            (Role::Id, "entity_id"),
            (Role::Since, "created_at"),
            (Role::Before, "value_before"),
            (Role::Stage, "value_after"),
            (Role::Funnel, "pipeline_id|pipeline"),
            (Role::Owner, "created_by"),
        ],
    },
    History {
        needs: &["From Stage", "To Stage", "Last Modified|Last Modified Date|Edit Date"],
        preset: Some(Salesforce),
        roles: &[
            (Role::Id, "Opportunity ID|Opportunity Name"),
            (Role::Before, "From Stage"),
            (Role::Stage, "To Stage"),
            (Role::Since, "Last Modified|Last Modified Date|Edit Date"),
            (Role::Amount, "Amount"),
            (Role::Expected, "Close Date"),
            (Role::Chance, "Probability (%)|Probability"),
            (Role::Owner, "Opportunity Owner"),
        ],
    },
    History {
        needs: &["Field/Event", "Old Value", "New Value", "Edit Date"],
        preset: Some(Salesforce),
        roles: &[
            (Role::Id, "Opportunity ID|Opportunity Name"),
            (Role::Before, "Old Value"),
            (Role::Stage, "New Value"),
            (Role::Since, "Edit Date"),
            (Role::Lifecycle, "Field/Event"),
        ],
    },
    History {
        needs: &["OpportunityId", "StageName", "CreatedDate"],
        preset: Some(Salesforce),
        roles: &[
            (Role::Id, "OpportunityId"),
            (Role::Stage, "StageName"),
            (Role::Since, "CreatedDate"),
            (Role::Amount, "Amount"),
            (Role::Expected, "CloseDate"),
            (Role::Chance, "Probability"),
            (Role::Owner, "CreatedById"),
        ],
    },
    History {
        needs: &["old_value", "new_value", "log_time", "item_id|deal_id|object_id"],
        preset: Some(Pipedrive),
        roles: &[
            (Role::Id, "deal_id|item_id|object_id"),
            (Role::Before, "old_value"),
            (Role::Stage, "new_value"),
            (Role::Since, "log_time"),
            (Role::Lifecycle, "field_key|field"),
            (Role::Owner, "user_id"),
        ],
    },
    History {
        needs: &["Stage", "Stage Duration", "Modified Time"],
        preset: Some(Zoho),
        roles: &[
            (Role::Id, "Record Id|Deal Id|Deal Name|Related To|Parent Id"),
            (Role::Stage, "Stage"),
            (Role::Since, "Modified Time"),
            (Role::Amount, "Amount"),
            (Role::Expected, "Closing Date"),
            (Role::Chance, "Probability"),
            (Role::Owner, "Modified By"),
        ],
    },
    History {
        needs: &[
            "Deal|Deal ID|Сделка|ID сделки|ID|Opportunity ID|Record ID|Case ID",
            "Stage|To Stage|New Stage|Стадия|Этап|Стадия сделки|Этап сделки",
            "Time|Date|Timestamp|Entered|Entered at|Changed at|Moved at|When|Stage since|Время|Дата|Дата входа|Дата перехода|Stage entered",
        ],
        preset: None,
        roles: &[
            (Role::Id, "Deal ID|Deal|ID сделки|Сделка|Opportunity ID|Record ID|Case ID|ID"),
            (Role::Stage, "To Stage|New Stage|Stage|Стадия сделки|Этап сделки|Стадия|Этап"),
            (Role::Before, "From Stage|Old Stage"),
            (
                Role::Since,
                "Entered at|Entered|Stage entered|Changed at|Moved at|Stage since|Time|Timestamp|Date|When|Время|Дата входа|Дата перехода|Дата",
            ),
            (Role::Owner, "Owner|Deal owner|Responsible|Ответственный|User|Менеджер"),
            (Role::Amount, "Amount|Deal value|Value|Сумма|Бюджет"),
            (Role::Currency, "Currency|Валюта"),
            (Role::Funnel, "Pipeline|Воронка|Направление"),
            (Role::Reason, "Lost reason|Loss reason|Причина отказа"),
            (Role::Source, "Source|Lead Source|Источник"),
        ],
    },
];

/// Headings by which the export of a system is known; all of an entry must be there.
pub(super) const HALLMARKS: &[(Preset, &[&str])] = &[
    (Bitrix24, &["Стадия сделки"]),
    (Bitrix24, &["STAGE_ID", "OPPORTUNITY|CATEGORY_ID|ASSIGNED_BY|ASSIGNED_BY_ID|CLOSEDATE"]),
    (Bitrix24, &["Deal Name", "Responsible", "Stage"]),
    (Bitrix24, &["Сделка закрыта"]),
    (AmoCrm, &["Этап сделки"]),
    (AmoCrm, &["Lead title"]),
    (AmoCrm, &["Lead status"]),
    (Zoho, &["Closing Date", "Deal Name|Deal Owner|Record Id"]),
    (Zoho, &["Closing_Date"]),
    (HubSpot, &["Record ID", "Deal Name|Deal Stage"]),
    (HubSpot, &["hs_object_id"]),
    (HubSpot, &["dealstage", "dealname|hs_object_id"]),
    (HubSpot, &["Is Deal Closed?"]),
    (Salesforce, &["Opportunity Name"]),
    (Salesforce, &["Opportunity ID", "Stage|Created Date|Opportunity Owner|Lead Source"]),
    (Salesforce, &["StageName", "IsWon|IsClosed|CloseDate"]),
];
