//! Terms of sales that cannot be used.

use crate::diagnostic::TermsFault;
use crate::render::words::Message;
use crate::render::words::shown::{message, show};

pub(super) fn terms(fault: &TermsFault) -> Message {
    match fault {
        TermsFault::NoCaseForAll => message(
            "продажа, которая не подходит ни под один случай, осталась бы без условий",
            "закончите список случаем без `when`",
        ),
        TermsFault::MarginOfSomeCases => message(
            "в этом случае нет `margin`, а в других она есть",
            "задайте маржу каждому случаю; `margin: 0%` — тоже маржа",
        ),
        TermsFault::CommissionOfNoMargin => message(
            "эта комиссия — доля маржи, а `margin` в этом случае нет",
            "задайте случаю `margin` или считайте комиссию от суммы",
        ),
        TermsFault::WaitsForUnpaid => message(
            "сделки вечно ждали бы части, которую никогда не оплатят",
            "уберите `unpaid` или `before`; клиента, который не платит, можно показать переходом этого этапа",
        ),
        TermsFault::ShareOfNoValue { text } => message(
            format!("стоимость {} — это доля суммы сделки, а суммы у сделок нет", show(text)),
            "задайте модели `value` или укажите стоимость в деньгах",
        ),
        TermsFault::NothingIsSold => message(
            "у продаж нет суммы, поэтому платить не за что",
            "задайте модели `value` или этапу `sale: {amount: …}`",
        ),
        TermsFault::NothingIsOwed => message(
            "всё оплачено заранее, поэтому до этого кредитного лимита никто не дойдёт",
            "скажите в `payment`, что платят позже: `{share: rest, after: 30d}`, или уберите лимит",
        ),
    }
}
