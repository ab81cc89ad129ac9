"""The attributes of LimeSurvey's questions that nobody carried: which matter, and why not."""

from surveys.definitions.limesurvey.asking import Asking

# How a question looks, is exported or was meant for a template: it asks the same without them.
LOOKS = {
    "add_separator", "answer_width", "answer_width_bycolumn", "array_filter_style",
    "assessment_value", "button_size", "category_separator", "choice_input_columns",
    "choice_title", "clear_default", "commented_checkbox", "commented_checkbox_auto",
    "crop_or_resize", "cssclass", "date_format_preview", "display_columns", "display_rows",
    "display_type", "dropdown_dates", "dropdown_dates_minute_step", "dropdown_dates_month_style",
    "dropdown_prefix", "dropdown_prepostfix", "dropdown_separators", "dropdown_size",
    "exclude_all_others_auto", "fix_height", "fix_width", "hide_tip", "horizontal_scroll",
    "input_size", "keep_aspect", "label_input_columns", "location_city", "location_country",
    "location_defaultcoordinates", "location_mapheight", "location_mapwidth", "location_mapzoom",
    "location_nodefaultfromip", "location_postal", "location_state", "max_buttons_row",
    "max_subquestions", "multiflexible_checkbox", "other_position", "other_position_code",
    "page_break", "parent_order", "placeholder", "printable_help", "public_statistics",
    "question_template", "rank_title", "ranking_title", "relevance", "repeat_headings", "reverse",
    "samechoiceheight", "samelistheight", "save_as_default", "scale_export", "show_tip",
    "showpopups", "slider_custom_handle", "slider_default", "slider_default_set", "slider_handle",
    "slider_layout", "slider_middlestart", "slider_orientation", "slider_rating",
    "slider_reset", "slider_reversed", "slider_separator", "slider_showminmax",
    "statistics_graphtype", "statistics_showgraph", "statistics_showmap",
    "text_input_columns", "text_input_width", "thousands_separator", "time_limit_action",
    "time_limit_countdown_message", "time_limit_disable_next", "time_limit_disable_prev",
    "time_limit_message", "time_limit_message_delay", "time_limit_message_style",
    "time_limit_timer_style", "time_limit_warning", "time_limit_warning_2",
    "time_limit_warning_2_display_time", "time_limit_warning_2_message",
    "time_limit_warning_2_style", "time_limit_warning_display_time", "time_limit_warning_message",
    "time_limit_warning_style", "use_dropdown", "value_range_allows_missing",
}  # fmt: skip

# What an attribute says where it was left as it comes.
DEFAULTS = {"", "0", "N", "no", "none", "default", "normal", "X", "false"}

WHY = {
    "array_filter": "the rows of this kind can't depend on an earlier answer",
    "array_filter_exclude": "the rows of this kind can't depend on an earlier answer",
    "em_validation_sq": "a rule for each of the parts can't be carried",
    "em_validation_sq_tip": "a rule for each of the parts can't be carried",
    "equals_num_value": "a sum over several questions can't be checked",
    "hidden": "it is hidden and gets its answer from elsewhere",
    "location_mapservice": "a map can't be asked for: places are kept no finer than a district",
    "max_answers": "how many parts of this kind are answered can't be limited",
    "max_num_value": "a sum over several questions can't be checked",
    "max_num_value_sgqa": "a sum over several questions can't be checked",
    "min_answers": "a least number of answers can't be demanded of this kind",
    "min_num_value": "a sum over several questions can't be checked",
    "min_num_value_sgqa": "a sum over several questions can't be checked",
    "num_value_equals_sgqa": "a sum over several questions can't be checked",
    "other_comment_mandatory": "words beside an answer can't be demanded",
    "other_numbers_only": "words beside an answer can't be held to numbers",
    "prefix": "words before the field can't be carried: put them into the question",
    "random_group": "questions keep their order: only options can be shuffled",
    "suffix": "words behind the field can't be carried: put them into the question",
    "time_limit": "nobody is timed here",
}


def tell_what_is_left(asking: Asking) -> None:
    """Notes each attribute that says something and was not carried."""
    for name, value in asking.untold().items():
        if name in LOOKS or value in DEFAULTS:
            continue
        shown = value if len(value) < 60 else f"{value[:57]}…"
        asking.trouble(name, WHY.get(name, f"the attribute ({shown!r}) can't be carried"))
