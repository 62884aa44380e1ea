Attribute VB_Name = "JxFunctions"
Option Explicit

' Generated from the table of functions: change that, not this.

Public Function JX_COMPLETION_RATE(actual, target, Optional nature)
    JX_COMPLETION_RATE = JxCall("JX_COMPLETION_RATE", Array(actual, target, nature))
End Function

Public Function JX_COMPLETION_SCORE(actual, target, points, Optional nature, Optional standard)
    JX_COMPLETION_SCORE = JxCall("JX_COMPLETION_SCORE", Array(actual, target, points, nature, standard))
End Function

Public Function JX_QUALITATIVE_SCORE(level, share, points, Optional standard)
    JX_QUALITATIVE_SCORE = JxCall("JX_QUALITATIVE_SCORE", Array(level, share, points, standard))
End Function

Public Function JX_EXECUTION_RATE(months)
    JX_EXECUTION_RATE = JxCall("JX_EXECUTION_RATE", Array(months))
End Function

Public Function JX_EXECUTION_SCORE(months, points)
    JX_EXECUTION_SCORE = JxCall("JX_EXECUTION_SCORE", Array(months, points))
End Function

Public Function JX_EX_ANTE_SCORE(required, missed, points)
    JX_EX_ANTE_SCORE = JxCall("JX_EX_ANTE_SCORE", Array(required, missed, points))
End Function

Public Function JX_CARRYOVER_RATIO(year_end, opening, general, fund)
    JX_CARRYOVER_RATIO = JxCall("JX_CARRYOVER_RATIO", Array(year_end, opening, general, fund))
End Function

Public Function JX_CARRYOVER_SCORE(ratio, points)
    JX_CARRYOVER_SCORE = JxCall("JX_CARRYOVER_SCORE", Array(ratio, points))
End Function

Public Function JX_DEDUCTION_SCORE(count, per_item, points)
    JX_DEDUCTION_SCORE = JxCall("JX_DEDUCTION_SCORE", Array(count, per_item, points))
End Function

Public Function JX_CONTRACT_SCORE(on_time, total, points)
    JX_CONTRACT_SCORE = JxCall("JX_CONTRACT_SCORE", Array(on_time, total, points))
End Function

Public Function JX_SME_SCORE(actual, reserved, points)
    JX_SME_SCORE = JxCall("JX_SME_SCORE", Array(actual, reserved, points))
End Function

Public Function JX_ASSET_USE_SCORE(in_use, total, points)
    JX_ASSET_USE_SCORE = JxCall("JX_ASSET_USE_SCORE", Array(in_use, total, points))
End Function

Public Function JX_EXPENSE_CONTROL_SCORE(actual, budget, points)
    JX_EXPENSE_CONTROL_SCORE = JxCall("JX_EXPENSE_CONTROL_SCORE", Array(actual, budget, points))
End Function

Public Function JX_THREE_PUBLIC_SCORE(actual, budget, points)
    JX_THREE_PUBLIC_SCORE = JxCall("JX_THREE_PUBLIC_SCORE", Array(actual, budget, points))
End Function

Public Function JX_SCORE(indicator, ParamArray values())
    Dim jxRest
    jxRest = values
    JX_SCORE = JxCall("JX_SCORE", Array(indicator), jxRest)
End Function

Public Function JX_REASON(indicator, ParamArray values())
    Dim jxRest
    jxRest = values
    JX_REASON = JxCall("JX_REASON", Array(indicator), jxRest)
End Function

Public Function JX_TOTAL(scores, points, Optional standard)
    JX_TOTAL = JxCall("JX_TOTAL", Array(scores, points, standard))
End Function

Public Function JX_GRADE(total, Optional standard)
    JX_GRADE = JxCall("JX_GRADE", Array(total, standard))
End Function

Public Function JX_COMPLETION_TABLE(ParamArray table())
    Dim jxRest
    jxRest = table
    JX_COMPLETION_TABLE = JxCall("JX_COMPLETION_TABLE", Array(), jxRest)
End Function
